namespace Course.Inference.Modeling;

/// <summary>
/// Token ids of B rows of T_r tokens each, row after row without padding. Rows may be of different lengths;
/// none is empty, for a row without new tokens has nothing to answer.
/// </summary>
public sealed class TokenBatch
{
    private readonly int[] tokens; // Σ T_r

    /// <summary>B rows of T tokens.</summary>
    /// <exception cref="CourseException">There are no rows, no tokens, or not B·T of them.</exception>
    public TokenBatch(int rows, int length, ReadOnlySpan<int> tokens)
    {
        if (rows < 1 || length < 1 || tokens.Length != (long)rows * length)
            throw new CourseException(
                $"A batch needs at least one row of at least one token, and B·T ids; got B={rows}, T={length} and {tokens.Length} ids.");
        Layout = PackedRows.Uniform(rows, length);
        this.tokens = tokens.ToArray();
    }

    private TokenBatch(PackedRows layout, int[] tokens, TokenTree? tree = null) => (Layout, this.tokens, Tree) = (layout, tokens, tree);

    /// <summary>Where the rows lie in <see cref="Tokens"/>.</summary>
    public PackedRows Layout { get; }

    /// <summary>How the tokens of a batch of one row branch; null where each follows the one before it.</summary>
    public TokenTree? Tree { get; }

    /// <summary>B.</summary>
    public int Rows => Layout.Rows;

    /// <summary>T: of the longest row.</summary>
    public int Length => Layout.Longest;

    /// <summary>Σ T_r: how many tokens are fed.</summary>
    public int Count => Layout.Count;

    /// <summary>All rows, one behind the other.</summary>
    public ReadOnlySpan<int> Tokens => tokens;

    public int this[int row, int position] => tokens[Layout.At(row, position)];

    /// <summary>T_r.</summary>
    public int LengthOf(int row) => Layout.LengthOf(row);

    public ReadOnlySpan<int> Row(int row) => tokens.AsSpan(Layout.Start(row), Layout.LengthOf(row));

    /// <summary>One row: B = 1.</summary>
    public static TokenBatch Of(params ReadOnlySpan<int> tokens) => new(1, tokens.Length, tokens);

    /// <summary>One row whose tokens branch: the new nodes of a tree. Each is answered as the last token of its own path would be.</summary>
    /// <exception cref="CourseException">There are not as many tokens as new nodes.</exception>
    public static TokenBatch Branching(ReadOnlySpan<int> tokens, TokenTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tokens.Length == tree.New
            ? new(PackedRows.Uniform(1, tokens.Length), tokens.ToArray(), tree)
            : throw new CourseException($"A call brings a token for each new node of its tree; got {tokens.Length} tokens and {tree.New} new nodes.");
    }

    /// <summary>Rows of whatever lengths.</summary>
    /// <exception cref="CourseException">There are no rows, or one of them is empty.</exception>
    public static TokenBatch Ragged(params IReadOnlyList<IReadOnlyList<int>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            throw new CourseException("A batch needs at least one row; got none.");
        for (var row = 0; row < rows.Count; row++)
            if (rows[row].Count == 0)
                throw new CourseException($"Row {row} of the batch is empty. Every row needs at least one token: leave a row without new tokens out of the call.");
        return new(new([.. rows.Select(row => row.Count)]), [.. rows.SelectMany(row => row)]);
    }

    /// <summary>Throws unless every id is in a vocabulary of <paramref name="vocabularySize"/> tokens.</summary>
    public void RequireWithin(int vocabularySize)
    {
        for (var i = 0; i < tokens.Length; i++)
            if ((uint)tokens[i] >= (uint)vocabularySize)
            {
                var (row, position) = Layout.Find(i);
                throw new CourseException(
                    $"Token {tokens[i]} (row {row}, position {position}) is not in this model's vocabulary of {vocabularySize} tokens. " +
                    "Encode the text with the tokenizer that lies beside the model.");
            }
    }
}
