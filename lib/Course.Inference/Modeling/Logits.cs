namespace Course.Inference.Modeling;

/// <summary>
/// Unnormalised log-probabilities of the next token in host memory: V of them for each token that was to be answered, row
/// after row without padding.
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

    /// <summary>The layout of the answers to a call: of each row its last tokens, as many as are wanted.</summary>
    /// <exception cref="CourseException">More are wanted than a row has.</exception>
    public static PackedRows LayoutOf(TokenBatch tokens, LogitsOf wanted)
    {
        if (wanted == LogitsOf.EveryToken)
            return tokens.Layout;
        var counts = new int[tokens.Rows];
        for (var row = 0; row < counts.Length; row++)
            counts[row] = wanted.CountIn(row, tokens.LengthOf(row));
        return new(counts);
    }

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
    /// <exception cref="ArgumentOutOfRangeException">The row has no answers: it brought no tokens, or none of them was to be answered.</exception>
    public ReadOnlySpan<float> Last(int row = 0) => this[row, LengthOf(row) - 1];
}
