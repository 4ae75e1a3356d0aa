namespace Course.Training.Corpora;

/// <summary>
/// Encoded documents as an endless sequence of windows. Each epoch shuffles the documents again and begins at another offset, so epochs
/// have different windows. Window n is a function of seed and n.
/// </summary>
public sealed class TokenSource
{
    private readonly IReadOnlyList<int[]> documents;
    private readonly int endOfText;
    private readonly int length;
    private readonly long seed;
    private readonly int tokens;
    private (long Epoch, int[] Tokens) current = (-1, []);

    /// <summary>Creates a source over documents.</summary>
    /// <param name="documents">The token ids of each document, without separators.</param>
    /// <param name="endOfText">The separator, which precedes every document.</param>
    /// <param name="window">The window length T + 1: T inputs and, shifted by one, T targets.</param>
    /// <param name="seed">The seed of document order and offsets.</param>
    /// <exception cref="CourseException">There are too few tokens for one window per epoch.</exception>
    public TokenSource(IReadOnlyList<int[]> documents, int endOfText, int window, long seed)
    {
        (this.documents, this.endOfText, length, this.seed) = (documents, endOfText, window, seed);
        tokens = documents.Sum(document => document.Length + 1);
        WindowsPerEpoch = tokens / window - 1;
        if (WindowsPerEpoch < 1)
            throw new CourseException(
                $"The corpus has {tokens} tokens; training needs at least two windows of {window}. Give " +
                "more text or choose a shorter window.");
    }

    /// <summary>The number of tokens per epoch, including separators.</summary>
    public int Tokens => tokens;

    public int WindowsPerEpoch { get; }

    public ReadOnlySpan<int> Window(long n)
    {
        var (epoch, index) = Math.DivRem(n, WindowsPerEpoch);
        if (current.Epoch != epoch)
            current = (epoch, Arrange(epoch));
        return current.Tokens.AsSpan((int)index * length, length);
    }

    private int[] Arrange(long epoch)
    {
        var random = new KeyedRandom(seed, epoch);
        var order = Enumerable.Range(0, documents.Count).ToArray();
        random.Shuffle<int>(order);
        return [.. order.SelectMany(i => documents[i].Prepend(endOfText)).Skip(random.Below(length))];
    }
}
