namespace Course.Inference.Modeling;

/// <summary>
/// What a model remembers of the tokens it has seen: keys and values of every layer, per row.
/// A forward pass appends; a decoder that went too far rewinds, adds a row for a sequence that joins, and removes that of one that is finished.
/// </summary>
public interface IKeyValueCache : IDisposable
{
    /// <summary>B: how many sequences it holds. Zero after all have been removed.</summary>
    int Rows { get; }

    /// <summary>The most tokens a row can hold.</summary>
    int Capacity { get; }

    /// <summary>S: how many tokens the longest row holds; where rows are in step, what every row holds. Zero without rows.</summary>
    int Length { get; }

    /// <summary>S_r: how many tokens this row holds.</summary>
    int LengthOf(int row);

    /// <summary>Bytes of keys and values that are reserved.</summary>
    long Bytes { get; }

    /// <summary>How keys and values are stored.</summary>
    CacheType Type { get; }

    /// <summary>
    /// Forgets the last <paramref name="count"/> tokens, of every row. What was before them stays as it was:
    /// after a rewind the model answers as if the forgotten tokens had never come.
    /// </summary>
    /// <exception cref="CourseException">The count is negative or more than some row holds; then every row keeps what it held.</exception>
    void Rewind(int count);

    /// <summary>Forgets the last <paramref name="count"/> tokens of one row. The others are as they were.</summary>
    /// <exception cref="CourseException">The count is negative or more than the row holds, or there is no such row.</exception>
    void Rewind(int row, int count);

    /// <summary>
    /// Keeps the first <paramref name="length"/> tokens of a row and behind them those at some further places, which move together; forgets the rest.
    /// So of a tree that was verified the accepted path stays, as if it had come as a chain. Without further places it is a rewind.
    /// </summary>
    /// <param name="row">Which.</param>
    /// <param name="length">How many stay where they are.</param>
    /// <param name="further">Places from <paramref name="length"/> on, ascending.</param>
    /// <exception cref="CourseException">
    /// There is no such row, it does not hold these places or they do not ascend, or a paged cache has no block left for a copy of one that is shared. Then every row keeps what it held.
    /// </exception>
    void Keep(int row, int length, ReadOnlySpan<int> further);

    /// <summary>A new row, the last one, which holds nothing. The others keep all that they hold.</summary>
    /// <exception cref="CourseException">There is no memory for it; the cache is as it was.</exception>
    void Add();

    /// <summary>A finished row leaves. Those behind it move up by one, in their order, each with all that it holds.</summary>
    /// <exception cref="CourseException">There is no such row.</exception>
    void Remove(int row);
}
