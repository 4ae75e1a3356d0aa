namespace Course.Inference.Modeling;

/// <summary>
/// Token ids of B rows of T_r tokens each, row after row without padding. Rows may be of different lengths; one without tokens takes no part
/// in the call, and what its cache holds stays as it is. The tokens of a row may branch.
/// </summary>
public sealed class TokenBatch
{
    private readonly int[] tokens; // Σ T_r
    private readonly IReadOnlyList<TokenTree?>? trees; // [B]; null where no row branches

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

    /// <summary>Rows of whatever lengths, packed.</summary>
    /// <param name="layout">Where they lie.</param>
    /// <param name="tokens">Σ T_r; kept, not copied.</param>
    /// <param name="trees">[B]: how each row's tokens branch, null where each follows the one before it. Null where none branches.</param>
    /// <exception cref="CourseException">There are no tokens, not as many as the layout says, or a tree of other tokens.</exception>
    public TokenBatch(PackedRows layout, int[] tokens, IReadOnlyList<TokenTree?>? trees = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(tokens);
        if (layout.Rows == 0)
            throw new CourseException("A batch needs at least one row; got none.");
        if (layout.Count == 0)
            throw new CourseException(
                $"All {layout.Rows} rows of the batch are empty, so there is nothing to compute. Rows without tokens take no part; at least one must have some.");
        if (tokens.Length != layout.Count || (trees is not null && trees.Count != layout.Rows))
            throw new CourseException(
                $"The layout is of {layout.Rows} rows and {layout.Count} tokens; got {tokens.Length} tokens and {trees?.Count ?? layout.Rows} trees.");
        for (var row = 0; row < (trees?.Count ?? 0); row++)
            if (trees![row] is { } tree && tree.New != layout.LengthOf(row))
                throw new CourseException(
                    $"A call brings a token for each new node of its tree; row {row} has {layout.LengthOf(row)} tokens and {tree.New} new nodes.");
        (Layout, this.tokens, this.trees) = (layout, tokens, trees);
    }

    /// <summary>Where the rows lie in <see cref="Tokens"/>.</summary>
    public PackedRows Layout { get; }

    /// <summary>Whether the tokens of some row branch.</summary>
    public bool Branches => trees is not null;

    /// <summary>How a row's tokens branch; null where each follows the one before it.</summary>
    public TokenTree? TreeOf(int row) => trees?[row];

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
        return new(PackedRows.Uniform(1, tokens.Length), tokens.ToArray(), [tree]);
    }

    /// <summary>Rows of whatever lengths; those without tokens take no part.</summary>
    /// <exception cref="CourseException">There are no rows, or all of them are empty.</exception>
    public static TokenBatch Ragged(params IReadOnlyList<IReadOnlyList<int>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
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
