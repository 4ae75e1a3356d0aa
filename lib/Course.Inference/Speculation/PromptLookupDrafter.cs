using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;

namespace Course.Inference.Speculation;

/// <summary>
/// Guesses that the text repeats itself: finds where its last few tokens occurred earlier and proposes what followed there, the latest
/// place of the longest ending first, merged where they begin alike. No model, no memory; strong where answers quote their prompt (the idea
/// of prompt lookup decoding, Saxena 2023).
/// Nothing is drawn, so a candidate's distribution is all on itself: the target accepts it with probability p(x), and the residual is p
/// without x.
/// </summary>
/// <param name="longest">The most last tokens to look for; from there down, because a longer match guesses better.</param>
/// <param name="shortest">The fewest.</param>
/// <exception cref="CourseException">The lengths are not 1 ≤ shortest ≤ longest.</exception>
public sealed class PromptLookupDrafter(int longest = 3, int shortest = 1) : TextDrafter
{
    private readonly int longest = shortest >= 1 && longest >= shortest
        ? longest
        : throw new CourseException($"Prompt lookup needs 1 ≤ shortest ≤ longest; got {shortest} and {longest}.");

    public override DraftTree Propose(ReadOnlySpan<int> text, TreeShape shape)
    {
        var (tokens, parents) = (new List<int>(shape.Count), new List<int>(shape.Count));
        var found = new List<int>();
        for (var length = Math.Min(longest, text.Length - 1); length >= shortest && tokens.Count < shape.Count; length--)
        {
            // Without the last token, so that an ending does not find itself; it may overlap itself.
            for (var end = text.Length - 1; tokens.Count < shape.Count && text[..end].LastIndexOf(text[^length..]) is >= 0 and var at; end = at + length - 1)
            {
                if (found.Contains(at + length))
                    continue;
                found.Add(at + length);
                Add(text, at + length, shape, tokens, parents);
            }
        }
        return new(tokens, parents, SiblingDraw.Chosen, []);
    }

    /// <summary>
    /// What came at a place. As far as it begins like others it shares their nodes; past the end of the text it goes on with its own
    /// guesses, as a loop does.
    /// </summary>
    private static void Add(ReadOnlySpan<int> text, int from, TreeShape shape, List<int> tokens, List<int> parents)
    {
        var (guesses, node) = (new int[shape.Depth], TokenTree.Root);
        for (var i = 0; i < guesses.Length; i++)
        {
            guesses[i] = from + i < text.Length ? text[from + i] : guesses[from + i - text.Length];
            var shared = ChildOf(node, guesses[i], tokens, parents);
            if (shared == TokenTree.Root)
            {
                if (tokens.Count == shape.Count)
                    return;
                shared = tokens.Count;
                tokens.Add(guesses[i]);
                parents.Add(node);
            }
            node = shared;
        }
    }

    private static int ChildOf(int node, int token, List<int> tokens, List<int> parents)
    {
        for (var child = node + 1; child < tokens.Count; child++)
            if (parents[child] == node && tokens[child] == token)
                return child;
        return TokenTree.Root;
    }
}
