using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>What became of a round's tree.</summary>
/// <param name="Parents">
/// Of every guess: an earlier one, or <see cref="TokenTree.Root"/>; siblings in the order in which they were drawn.
/// </param>
/// <param name="Path">The guesses that stood, from the root down.</param>
/// <param name="Judged">How many the rule decided on.</param>
public sealed record TreeStep(IReadOnlyList<int> Parents, IReadOnlyList<int> Path, int Judged)
{
    /// <summary>Whether the path that stood reached a leaf, so that the target's own token is a bonus.</summary>
    public bool Whole => ChildrenAt(Path.Count).Count == 0;

    /// <summary>The candidates for the round's token at a place of its block, in the order in which they were drawn.</summary>
    public IReadOnlyList<int> ChildrenAt(int place)
    {
        var parent = place == 0 ? TokenTree.Root : Path[place - 1];
        return [.. Enumerable.Range(parent + 1, Parents.Count - parent - 1).Where(node => Parents[node] == parent)];
    }

    /// <summary>Of these the ones that were rejected: those before the one that stood, or all.</summary>
    internal IEnumerable<int> RejectedAt(int place) => ChildrenAt(place).TakeWhile(node => place >= Path.Count || node != Path[place]);
}
