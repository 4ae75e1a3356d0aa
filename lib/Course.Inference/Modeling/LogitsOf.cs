namespace Course.Inference.Modeling;

/// <summary>
/// Which tokens of a call are answered: of each row its last ones, all, one, none, or as many as are named. Only what is asked for is computed;
/// the output head is a large part of a small model, and a prompt needs it once.
/// </summary>
public readonly record struct LogitsOf
{
    private readonly Kind kind;
    private readonly IReadOnlyList<int>? counts; // [B]

    private LogitsOf(Kind kind, IReadOnlyList<int>? counts = null) => (this.kind, this.counts) = (kind, counts);

    private enum Kind
    {
        Every,
        Last,
        None,
        Counted,
    }

    /// <summary>All of them: what perplexity needs.</summary>
    public static LogitsOf EveryToken => default;

    /// <summary>Each row's last: what decides its next token.</summary>
    public static LogitsOf LastToken => new(Kind.Last);

    /// <summary>None: the call only fills the cache, as a chunk in the middle of a prompt does.</summary>
    public static LogitsOf NoToken => new(Kind.None);

    /// <summary>
    /// Of each row its last so many: none of a chunk of a prompt, one of a decode, γ + 1 of a verification, all in one call.
    /// </summary>
    /// <param name="counts">[B]: none is more than the row has tokens.</param>
    public static LogitsOf LastTokens(IReadOnlyList<int> counts) => new(Kind.Counted, counts);

    /// <summary>How many of a row's tokens, the last ones, are answered.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="length">T_r.</param>
    /// <exception cref="CourseException">More are named than the row has.</exception>
    public int CountIn(int row, int length) => kind switch
    {
        Kind.Every => length,
        Kind.Last => Math.Min(1, length),
        Kind.None => 0,
        _ when row < counts!.Count && counts[row] >= 0 && counts[row] <= length => counts[row],
        _ => throw new CourseException(
            $"Answers are wanted for the last {(row < counts!.Count ? counts[row] : 0)} tokens of row {row}, which brings {length}; " +
            $"{counts.Count} rows were named. Name a count from 0 to its tokens for each row."),
    };

    public override string ToString() => kind == Kind.Counted ? $"last tokens [{string.Join(", ", counts!)}]" : $"{kind}";
}
