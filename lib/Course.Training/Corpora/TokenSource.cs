namespace Course.Training.Corpora;

/// <summary>
/// Encoded documents, read as an endless row of windows. Each epoch shuffles the documents anew and begins at another offset,
/// so that no two epochs cut the same windows. Window n is a function of seed and n.
/// </summary>
public sealed class TokenSource
{
    private readonly IReadOnlyList<int[]> documents;
    private readonly int endOfText;
    private readonly int length;
    private readonly long seed;
    private readonly int tokens;
    private (long Epoch, int[] Tokens) current = (-1, []);

    /// <param name="documents">Token ids, without separators.</param>
    /// <param name="endOfText">Stands before every document, and so also behind it.</param>
    /// <param name="window">T + 1: each window is T inputs and, shifted by one, T targets.</param>
    /// <param name="seed">Order and offsets.</param>
    /// <exception cref="CourseException">Not even one window can be cut.</exception>
    public TokenSource(IReadOnlyList<int[]> documents, int endOfText, int window, long seed)
    {
        (this.documents, this.endOfText, length, this.seed) = (documents, endOfText, window, seed);
        tokens = documents.Sum(document => document.Length + 1);
        WindowsPerEpoch = tokens / window - 1;
        if (WindowsPerEpoch < 1)
            throw new CourseException(
                $"The corpus has {tokens} tokens, and two windows of {window} are the least to train on. Give " +
                "more text or ask for a shorter window.");
    }

    /// <summary>Tokens of one epoch, separators included.</summary>
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
