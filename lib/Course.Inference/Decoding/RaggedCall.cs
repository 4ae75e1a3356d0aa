using System.Runtime.InteropServices;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>One call, put together row by row. A row to which nothing is added takes no part.</summary>
internal sealed class RaggedCall
{
    private readonly List<int> tokens = [], lengths = [], answers = [];
    private readonly List<TokenTree?> trees = [];
    private bool branches;

    /// <summary>Σ T_r so far.</summary>
    public int Count => tokens.Count;

    public void Begin()
    {
        tokens.Clear();
        lengths.Clear();
        answers.Clear();
        trees.Clear();
        branches = false;
    }

    /// <summary>The next row.</summary>
    /// <param name="text">Tokens that each follow the one before.</param>
    /// <param name="nodes">Tokens after them, which may branch.</param>
    /// <param name="tree">How; null where they do not.</param>
    /// <param name="answered">The last tokens that are to be answered.</param>
    public void AddRow(ReadOnlySpan<int> text, IReadOnlyList<int> nodes, TokenTree? tree, int answered)
    {
        tokens.AddRange(text);
        for (var node = 0; node < nodes.Count; node++)
            tokens.Add(nodes[node]);
        lengths.Add(text.Length + nodes.Count);
        answers.Add(answered);
        trees.Add(tree);
        branches |= tree is not null;
    }

    public TokenBatch Batch() => new(new(CollectionsMarshal.AsSpan(lengths)), [.. tokens], branches ? [.. trees] : null);

    public LogitsOf Wanted() => LogitsOf.LastTokens([.. answers]);
}
