using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation.Batching;

namespace Course.Inference.Speculation;

/// <summary>
/// Guesses that the text repeats itself: finds the latest earlier place where its last few tokens occur and proposes what followed there.
/// No model, no memory; strong where answers quote their prompt (the idea of prompt lookup decoding, Saxena 2023). A guess is not drawn,
/// so its law is all on itself: the target accepts it with probability p(x), and the residual is p without x.
/// </summary>
/// <param name="longest">The most last tokens to look for; from there down, because a longer match guesses better.</param>
/// <param name="shortest">The fewest.</param>
/// <exception cref="CourseException">The lengths are not 1 ≤ shortest ≤ longest.</exception>
public sealed class PromptLookupDrafter(int longest = 3, int shortest = 1) : IBatchDrafter
{
    private readonly int longest = shortest >= 1 && longest >= shortest
        ? longest
        : throw new CourseException($"Prompt lookup needs 1 ≤ shortest ≤ longest; got {shortest} and {longest}.");

    /// <summary>Fits every target: its guesses are the target's own tokens.</summary>
    public void RequireFit(ILanguageModel target)
    {
    }

    public IDraftingRound Begin(DecodingOptions options, int vocabularySize, IRandomness randomness) => new Round(longest, shortest, vocabularySize);

    public IBatchDrafting BeginBatch(IReadOnlyList<DraftingRow> rows, int vocabularySize) =>
        new RowByRow(rows.Select(row => Begin(row.Options, vocabularySize, row.Randomness)));

    /// <summary>Where a continuation of the sequence begins: behind the latest earlier occurrence of its longest possible ending.</summary>
    /// <returns>False when none of its endings occurs earlier.</returns>
    public static bool TryFind(ReadOnlySpan<int> sequence, int longest, int shortest, out int continuation)
    {
        for (var length = Math.Min(longest, sequence.Length - 1); length >= shortest; length--)
        {
            // Without the last token, so that an ending does not find itself; it may overlap itself.
            var at = sequence[..^1].LastIndexOf(sequence[^length..]);
            if (at >= 0)
            {
                continuation = at + length;
                return true;
            }
        }
        continuation = 0;
        return false;
    }

    private sealed class Round(int longest, int shortest, int vocabularySize) : IDraftingRound
    {
        private readonly List<DraftToken> proposed = [];
        private readonly List<double[]> laws = []; // γ × [V], each zero but for its token

        public ModelUsage Usage => default;

        public IReadOnlyList<DraftToken> Propose(ReadOnlySpan<int> sequence, int count)
        {
            proposed.Clear();
            if (!TryFind(sequence, longest, shortest, out var from))
                return proposed;
            // A continuation that reaches the end of the text goes on with its own guesses: a text that loops is guessed to loop on.
            for (var at = from; proposed.Count < count; at++)
                Add(at < sequence.Length ? sequence[at] : proposed[at - sequence.Length].Token);
            return proposed;
        }

        public void Settle(int accepted)
        {
        }

        private void Add(int token)
        {
            if (proposed.Count == laws.Count)
                laws.Add(new double[vocabularySize]);
            var law = laws[proposed.Count];
            law.AsSpan().Clear();
            law[token] = 1;
            proposed.Add(new(token, law));
        }

        public void Dispose()
        {
        }
    }
}
