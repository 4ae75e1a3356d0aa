using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>
/// <see cref="PromptLookupDrafter"/> with more than one find: what followed the last few tokens wherever they occurred earlier, the latest place of the longest
/// ending first, merged where they begin alike. Nothing is drawn, so every candidate's law is all on itself.
/// </summary>
/// <param name="longest">The most last tokens to look for.</param>
/// <param name="shortest">The fewest.</param>
/// <exception cref="CourseException">The lengths are not 1 ≤ shortest ≤ longest.</exception>
public sealed class PromptLookupTreeDrafter(int longest = 3, int shortest = 1) : ITreeDrafter
{
    private readonly int longest = shortest >= 1 && longest >= shortest
        ? longest
        : throw new CourseException($"Prompt lookup needs 1 ≤ shortest ≤ longest; got {shortest} and {longest}.");

    /// <summary>Fits every target: its guesses are the target's own tokens.</summary>
    public void RequireFit(ILanguageModel target)
    {
    }

    public ITreeDraftingRound Begin(DecodingOptions options, int vocabularySize, IRandomness randomness) => new Round(longest, shortest);

    /// <summary>Where earlier occurrences of the sequence's endings go on, the likeliest guess first; each place once.</summary>
    public static IReadOnlyList<int> Find(ReadOnlySpan<int> sequence, int longest, int shortest)
    {
        var found = new List<int>();
        for (var length = Math.Min(longest, sequence.Length - 1); length >= shortest; length--)
        {
            // Without the last token, so that an ending does not find itself; it may overlap itself.
            for (var end = sequence.Length - 1; sequence[..end].LastIndexOf(sequence[^length..]) is >= 0 and var at; end = at + length - 1)
                if (!found.Contains(at + length))
                    found.Add(at + length);
        }
        return found;
    }

    private sealed class Round(int longest, int shortest) : ITreeDraftingRound
    {
        public ModelUsage Usage => default;

        public DraftTree Propose(ReadOnlySpan<int> sequence, TreeShape shape)
        {
            var (tokens, parents) = (new List<int>(), new List<int>());
            foreach (var from in Find(sequence, longest, shortest))
            {
                if (tokens.Count == shape.Count)
                    break;
                Add(Continuation(sequence, from, shape.Depth), shape.Count, tokens, parents);
            }
            return new(tokens, parents, SiblingDraw.Chosen, []);
        }

        /// <summary>One that reaches the end of the text goes on with its own guesses: a text that loops is guessed to loop on.</summary>
        private static int[] Continuation(ReadOnlySpan<int> sequence, int from, int depth)
        {
            var guesses = new int[depth];
            for (var i = 0; i < depth; i++)
                guesses[i] = from + i < sequence.Length ? sequence[from + i] : guesses[from + i - sequence.Length];
            return guesses;
        }

        /// <summary>As far as it begins like others it shares their nodes.</summary>
        private static void Add(int[] continuation, int most, List<int> tokens, List<int> parents)
        {
            var at = TokenTree.Root;
            foreach (var token in continuation)
            {
                var shared = Enumerable.Range(at + 1, tokens.Count - at - 1).FirstOrDefault(node => parents[node] == at && tokens[node] == token, TokenTree.Root);
                if (shared == TokenTree.Root)
                {
                    if (tokens.Count == most)
                        return;
                    tokens.Add(token);
                    parents.Add(at);
                    shared = tokens.Count - 1;
                }
                at = shared;
            }
        }

        public void Settle(IReadOnlyList<int> path)
        {
        }

        public void Dispose()
        {
        }
    }
}
