namespace Course.Inference.Models;

/// <summary>Unnormalised log-probabilities of the next token, [B, T, V], in host memory.</summary>
public sealed class Logits
{
    private readonly float[] values;

    public Logits(int rows, int length, int vocabularySize, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)rows * length * vocabularySize)
            throw new ArgumentException($"[{rows}, {length}, {vocabularySize}] logits need that many values, not {values.Length}.", nameof(values));
        (Rows, Length, VocabularySize, this.values) = (rows, length, vocabularySize, values);
    }

    /// <summary>B.</summary>
    public int Rows { get; }

    /// <summary>T.</summary>
    public int Length { get; }

    /// <summary>V.</summary>
    public int VocabularySize { get; }

    /// <summary>[V]: the logits of what follows token <paramref name="position"/> of <paramref name="row"/>.</summary>
    public ReadOnlySpan<float> this[int row, int position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Length, nameof(position));
            return values.AsSpan((row * Length + position) * VocabularySize, VocabularySize);
        }
    }

    /// <summary>[V]: the logits that decide the next token of <paramref name="row"/>.</summary>
    public ReadOnlySpan<float> Last(int row = 0) => this[row, Length - 1];
}
