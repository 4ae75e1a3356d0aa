using System.Numerics;
using System.Runtime.InteropServices;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>What the loop asks of drafts before it spends a call of the target on them: a drafter may be anybody's code.</summary>
internal static class DraftGuard
{
    /// <summary>Room for probabilities that were computed in single precision and normalised.</summary>
    private const double Tolerance = 1e-6;

    /// <exception cref="CourseException">There is not one draft for each request, or one of them cannot be.</exception>
    public static void RequireAll(IReadOnlyList<DraftTree> drafts, IReadOnlyList<DraftRequest> requests, int vocabularySize)
    {
        if (drafts.Count != requests.Count)
            throw new CourseException($"The drafter proposes for {drafts.Count} sequences where {requests.Count} asked. It must propose for each, an empty draft where there is nothing to go by.");
        for (var i = 0; i < drafts.Count; i++)
            Require(drafts[i], requests[i].Shape, vocabularySize);
    }

    /// <exception cref="CourseException">
    /// Too many nodes or too deep, a token outside the vocabulary or excluded by its own distribution, or a distribution that is none.
    /// </exception>
    public static void Require(DraftTree draft, TreeShape shape, int vocabularySize)
    {
        if (draft.Count > shape.Count || draft.Parents.Count != draft.Count)
            throw new CourseException(draft.Parents.Count == draft.Count
                ? $"The drafter proposes {draft.Count} tokens where at most {shape.Count} were asked for."
                : $"The drafter proposes {draft.Count} nodes with {draft.Parents.Count} parents.");
        for (var node = 0; node < draft.Count; node++)
        {
            var depth = draft.IsChain ? node : draft.Tree.DepthOf(node);
            if (depth >= shape.Depth)
                throw new CourseException($"Node {node} of the draft is at depth {depth}; at most {shape.Depth} tokens may follow one another.");
            if ((uint)draft.Tokens[node] >= (uint)vocabularySize)
                throw new CourseException(
                    $"Draft token {node} is {draft.Tokens[node]}, which is not in the target's vocabulary of {vocabularySize} tokens. The drafter must use the target's tokenizer.");
        }
        if (draft.Draw == SiblingDraw.Chosen || draft.Count == 0)
            return;
        if (draft.Distributions.Count != draft.Count + 1)
            throw new CourseException(
                $"The draft must bring a distribution for the text and each of its {draft.Count} nodes, null where nothing was drawn; got {draft.Distributions.Count}.");
        for (var node = TokenTree.Root; node < draft.Count; node++)
            RequireChildren(draft, node, vocabularySize);
    }

    private static void RequireChildren(DraftTree draft, int node, int vocabularySize)
    {
        var first = draft.FirstChildOf(node);
        if (first == DraftTree.None)
            return;
        var q = draft.Distributions[node + 1];
        RequireDistribution(q, $"of draft token {first}", vocabularySize);
        for (var child = first; child != DraftTree.None; child = draft.NextSiblingOf(child))
        {
            if (q![draft.Tokens[child]] == 0)
                throw new CourseException(
                    $"Draft token {child} is {draft.Tokens[child]}, to which the drafter's own distribution gives 0. It must hand over the distribution that the token was drawn from.");
            for (var elder = first; draft.Draw == SiblingDraw.WithoutReplacement && elder != child; elder = draft.NextSiblingOf(elder))
                if (draft.Tokens[elder] == draft.Tokens[child])
                    throw new CourseException($"Draft tokens {elder} and {child} are siblings and both {draft.Tokens[child]}: drawn without replacement, no two are alike.");
        }
    }

    private static void RequireDistribution(double[]? q, string whose, int vocabularySize)
    {
        if (q?.Length != vocabularySize)
            throw new CourseException($"The distribution {whose} has {q?.Length ?? 0} probabilities; expected one for each of the {vocabularySize} tokens.");
        var (least, sum) = LeastAndSum(q);
        // Written so that NaN, which compares false with everything, is refused.
        if (!(least >= 0 && Math.Abs(sum - 1) <= Tolerance))
            throw new CourseException(
                $"The distribution {whose} is none: its least value is {least:R} and its sum {sum:R}; expected no negative value and a sum of one within {Tolerance:R}.");
    }

    private static (double Least, double Sum) LeastAndSum(ReadOnlySpan<double> values)
    {
        Vector<double> least = new(double.PositiveInfinity), sum = Vector<double>.Zero;
        var blocks = MemoryMarshal.Cast<double, Vector<double>>(values);
        foreach (var block in blocks)
            (least, sum) = (Vector.Min(least, block), sum + block);
        var (smallest, total) = (double.PositiveInfinity, Vector.Sum(sum));
        for (var lane = 0; lane < Vector<double>.Count; lane++)
            smallest = Math.Min(smallest, least[lane]);
        foreach (var value in values[(blocks.Length * Vector<double>.Count)..])
            (smallest, total) = (Math.Min(smallest, value), total + value);
        return (smallest, total);
    }
}
