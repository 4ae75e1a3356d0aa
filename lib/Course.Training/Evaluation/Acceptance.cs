using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Training.Evaluation;

/// <summary>How far a draft agrees with its target on text that the target writes.</summary>
/// <param name="Alpha">α = E[Σ min(p, q)]: the chance that speculative sampling accepts a draft token (Leviathan et al. 2023).</param>
/// <param name="StandardError">Of α, taking prompts as independent.</param>
/// <param name="Prompts">How many texts were continued.</param>
/// <param name="Tokens">Positions that the mean is over.</param>
public readonly record struct AcceptanceRate(double Alpha, double StandardError, int Prompts, int Tokens);

/// <summary>Measures α where it counts: at the positions that the target's own continuations reach.</summary>
public static class Acceptance
{
    /// <param name="target">p: writes the continuations.</param>
    /// <param name="draft">q: on the same vocabulary.</param>
    /// <param name="prompts">Of one length each, so that they can share a batch.</param>
    /// <param name="length">Tokens per continuation; positions after an end token do not count.</param>
    /// <param name="sampling">Applied to both models. At temperature 0, Σ min(p, q) is 1 where the most probable tokens are the same
    /// and 0 elsewhere.</param>
    /// <param name="endTokens">They end a text.</param>
    /// <param name="seed">Prompt i draws from its own randomness, whatever the others do.</param>
    public static AcceptanceRate Measure(
        ILanguageModel target, ILanguageModel draft, IReadOnlyList<int[]> prompts, int length, SamplingOptions sampling,
        IReadOnlyCollection<int> endTokens, ulong seed)
    {
        if (target.VocabularySize != draft.VocabularySize)
            throw new CourseException(
                $"The target has {target.VocabularySize} tokens and the draft {draft.VocabularySize}; " +
                "agreement is defined on one vocabulary.");
        if (prompts.Count == 0 || prompts.Any(prompt => prompt.Length != prompts[0].Length))
            throw new CourseException("The prompts must be at least one, and of one length.");
        var perPrompt = new (double Sum, int Count)[prompts.Count];
        var seeds = new SeededRandomness(seed);
        var randomness = prompts.Select((_, row) => seeds.ForRequest((ulong)row)).ToArray();
        using IKeyValueCache targetCache = target.CreateCache(prompts.Count), draftCache = draft.CreateCache(prompts.Count);
        var pipeline = new SamplingPipeline(sampling);
        var ended = new bool[prompts.Count];
        var feed = new TokenBatch(prompts.Count, prompts[0].Length, [.. prompts.SelectMany(prompt => prompt)]);
        for (var step = 0; step < length && !ended.All(done => done); step++)
        {
            Logits p = target.Forward(feed, targetCache), q = draft.Forward(feed, draftCache);
            var next = new int[prompts.Count];
            for (var row = 0; row < prompts.Count; row++)
            {
                var law = pipeline.Distribution(p.Last(row));
                if (!ended[row])
                    perPrompt[row] = (perPrompt[row].Sum + Overlap(law, pipeline.Distribution(q.Last(row))), perPrompt[row].Count + 1);
                next[row] = randomness[row].Draw(law);
                ended[row] |= endTokens.Contains(next[row]);
            }
            feed = new(prompts.Count, 1, next);
        }
        return Summarise(perPrompt);
    }

    /// <summary>Σ min(p, q): one minus the total variation distance.</summary>
    public static double Overlap(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
            sum += Math.Min(p[i], q[i]);
        return sum;
    }

    private static AcceptanceRate Summarise((double Sum, int Count)[] perPrompt)
    {
        var tokens = perPrompt.Sum(prompt => prompt.Count);
        var alpha = perPrompt.Sum(prompt => prompt.Sum) / tokens;
        // A ratio of two sums over prompts: the spread of its residuals (Cochran 1977, § 6.3).
        var residuals = perPrompt.Sum(prompt => Math.Pow(prompt.Sum - alpha * prompt.Count, 2));
        return new(alpha, Math.Sqrt(residuals) / tokens, perPrompt.Length, tokens);
    }
}
