namespace Course.Inference.Caching;

/// <summary>
/// What a model remembers of the tokens it has seen: keys and values of every layer.
/// A forward pass appends; a decoder that went too far rewinds.
/// </summary>
public interface IKeyValueCache : IDisposable
{
    /// <summary>B: how many sequences it holds.</summary>
    int Rows { get; }

    /// <summary>The most tokens a row can hold.</summary>
    int Capacity { get; }

    /// <summary>S: how many tokens every row holds.</summary>
    int Length { get; }

    /// <summary>Bytes of keys and values that are reserved.</summary>
    long Bytes { get; }

    /// <summary>
    /// Forgets the last <paramref name="count"/> tokens, of every row. What was before them stays as it was:
    /// after a rewind the model answers as if the forgotten tokens had never come.
    /// </summary>
    /// <exception cref="CourseException">The count is negative or more than there is.</exception>
    void Rewind(int count);
}
