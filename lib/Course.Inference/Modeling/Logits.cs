namespace Course.Inference.Modeling;

/// <summary>
/// Unnormalised log-probabilities of the next token in host memory: V of them for each token that was to be answered,
/// row after row without padding.
/// </summary>
public sealed class Logits
{
    private readonly float[] values; // [Σ T_r, V]

    /// <summary>[B, T, V]</summary>
    public Logits(int rows, int length, int vocabularySize, float[] values) : this(PackedRows.Uniform(rows, length), vocabularySize, values)
    {
    }

    /// <param name="layout">B rows of T_r answers.</param>
    /// <param name="vocabularySize">V.</param>
    /// <param name="values">[Σ T_r, V]; kept, not copied.</param>
    public Logits(PackedRows layout, int vocabularySize, float[] values)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)layout.Count * vocabularySize)
            throw new ArgumentException($"{layout.Count} answers of {vocabularySize} logits need that many values, not {values.Length}.", nameof(values));
        (Layout, VocabularySize, this.values) = (layout, vocabularySize, values);
    }

    /// <summary>The layout of the answers to a call.</summary>
    public static PackedRows LayoutOf(TokenBatch tokens, LogitsOf wanted) =>
        wanted == LogitsOf.EveryToken ? tokens.Layout : PackedRows.Uniform(tokens.Rows, wanted == LogitsOf.LastToken ? 1 : 0);

    /// <summary>Where the rows' answers lie.</summary>
    public PackedRows Layout { get; }

    /// <summary>B.</summary>
    public int Rows => Layout.Rows;

    /// <summary>Answers of the row that has most.</summary>
    public int Length => Layout.Longest;

    /// <summary>V.</summary>
    public int VocabularySize { get; }

    /// <summary>How many answers the row has.</summary>
    public int LengthOf(int row) => Layout.LengthOf(row);

    /// <summary>[V]: answer <paramref name="position"/> of <paramref name="row"/>; that to its token of this position, where every token was asked for.</summary>
    public ReadOnlySpan<float> this[int row, int position] => values.AsSpan(Layout.At(row, position) * VocabularySize, VocabularySize);

    /// <summary>[V]: the logits that decide the next token of <paramref name="row"/>.</summary>
    public ReadOnlySpan<float> Last(int row = 0) => this[row, LengthOf(row) - 1];
}
