namespace Course.Inference.Models;

/// <summary>Token ids, [B, T]: B rows of T tokens each, row after row.</summary>
public sealed class TokenBatch
{
    private readonly int[] tokens;

    public TokenBatch(int rows, int length, ReadOnlySpan<int> tokens)
    {
        if (rows < 1 || length < 1 || tokens.Length != (long)rows * length)
            throw new CourseException(
                $"A batch needs at least one row of at least one token, and B·T ids; got B={rows}, T={length} and {tokens.Length} ids.");
        Rows = rows;
        Length = length;
        this.tokens = tokens.ToArray();
    }

    /// <summary>B.</summary>
    public int Rows { get; }

    /// <summary>T.</summary>
    public int Length { get; }

    public ReadOnlySpan<int> Tokens => tokens;

    public int this[int row, int position] => tokens[row * Length + position];

    public ReadOnlySpan<int> Row(int row) => tokens.AsSpan(row * Length, Length);

    /// <summary>One row: B = 1.</summary>
    public static TokenBatch Of(params ReadOnlySpan<int> tokens) => new(1, tokens.Length, tokens);

    /// <summary>Throws unless every id is in a vocabulary of <paramref name="vocabularySize"/> tokens.</summary>
    public void RequireWithin(int vocabularySize)
    {
        for (var i = 0; i < tokens.Length; i++)
            if ((uint)tokens[i] >= (uint)vocabularySize)
                throw new CourseException(
                    $"Token {tokens[i]} (row {i / Length}, position {i % Length}) is not in this model's vocabulary of {vocabularySize} tokens. " +
                    "Encode the text with the tokenizer that lies beside the model.");
    }
}
