using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Training.Evaluation;

/// <summary>The agreement of a draft with its target on text that the target generates.</summary>
/// <param name="Alpha">α = E[Σ min(p, q)]: the chance that speculative sampling accepts a draft token (Leviathan et al. 2023).</param>
/// <param name="StandardError">The standard error of α, with prompts treated as independent.</param>
/// <param name="Prompts">The number of prompts.</param>
/// <param name="Tokens">The number of positions in the mean.</param>
public readonly record struct AcceptanceRate(double Alpha, double StandardError, int Prompts, int Tokens);

/// <summary>Measures α on continuations that the target generates, as in speculative decoding.</summary>
public static class Acceptance
{
    /// <summary>Measures the acceptance rate.</summary>
    /// <param name="target">The target p, which generates the continuations.</param>
    /// <param name="draft">The draft q, with the same vocabulary.</param>
    /// <param name="prompts">Prompts of equal length, so that they can share a batch.</param>
    /// <param name="length">The number of tokens per continuation; positions after an end token do not count.</param>
    /// <param name="sampling">Applied to both models. At temperature 0, Σ min(p, q) is 1 where the most probable tokens are the same
    /// and 0 elsewhere.</param>
    /// <param name="endTokens">The tokens that end a text.</param>
    /// <param name="seed">The seed. Every prompt has its own random stream.</param>
    public static AcceptanceRate Measure(
        ILanguageModel target, ILanguageModel draft, IReadOnlyList<int[]> prompts, int length, SamplingOptions sampling,
        IReadOnlyCollection<int> endTokens, ulong seed)
    {
        if (target.VocabularySize != draft.VocabularySize)
            throw new CourseException(
                $"The target has {target.VocabularySize} tokens and the draft {draft.VocabularySize}; " +
                "a pair must share one vocabulary.");
        if (prompts.Count == 0 || prompts.Any(prompt => prompt.Length != prompts[0].Length))
            throw new CourseException("Expected at least one prompt, and all prompts of equal length.");
        var perPrompt = new (double Sum, int Count)[prompts.Count];
        var seeds = new SeededRandomness(seed);
        var randomness = prompts.Select((_, i) => seeds.ForRequest((ulong)i)).ToArray();
        using IKeyValueCache targetCache = target.CreateCache(prompts.Count), draftCache = draft.CreateCache(prompts.Count);
        var pipeline = new SamplingPipeline(sampling);
        var ended = new bool[prompts.Count];
        var feed = new TokenBatch(prompts.Count, prompts[0].Length, [.. prompts.SelectMany(prompt => prompt)]);
        for (var step = 0; step < length && !ended.All(done => done); step++)
        {
            Logits p = target.Forward(feed, targetCache), q = draft.Forward(feed, draftCache);
            var next = new int[prompts.Count];
            for (var i = 0; i < prompts.Count; i++)
            {
                var distribution = pipeline.Distribution(p.Last(i));
                if (!ended[i])
                    perPrompt[i] = (perPrompt[i].Sum + Overlap(distribution, pipeline.Distribution(q.Last(i))), perPrompt[i].Count + 1);
                next[i] = randomness[i].Draw(distribution);
                ended[i] |= endTokens.Contains(next[i]);
            }
            feed = new(prompts.Count, 1, next);
        }
        return Summarize(perPrompt);
    }

    /// <summary>Returns Σ min(p, q), which is one minus the total variation distance.</summary>
    public static double Overlap(ReadOnlySpan<double> p, ReadOnlySpan<double> q)
    {
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
            sum += Math.Min(p[i], q[i]);
        return sum;
    }

    private static AcceptanceRate Summarize((double Sum, int Count)[] perPrompt)
    {
        var tokens = perPrompt.Sum(prompt => prompt.Count);
        var alpha = perPrompt.Sum(prompt => prompt.Sum) / tokens;
        // The standard error of a ratio of two sums over prompts, from its residuals (Cochran 1977, § 6.3).
        var residuals = perPrompt.Sum(prompt => Math.Pow(prompt.Sum - alpha * prompt.Count, 2));
        return new(alpha, Math.Sqrt(residuals) / tokens, perPrompt.Length, tokens);
    }
}
