using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>Draws the candidates after one node from the draft's logits.</summary>
internal sealed class SiblingSampler(SamplingOptions options, SiblingDraw draw, IRandomness randomness)
{
    private readonly SamplingPipeline pipeline = new(options);

    // Without replacement, the limit for temperature → 0 is to choose the most probable in their order, each for certain once its elders
    // are taken.
    private readonly bool greedy = options.Temperature == 0 && draw != SiblingDraw.Independent;

    /// <summary>How they come to be drawn.</summary>
    public SiblingDraw Draw => greedy ? SiblingDraw.Chosen : draw;

    /// <summary>At most <paramref name="count"/> candidates, in the order in which they are drawn; fewer where q has no more.</summary>
    /// <param name="logits">[V]</param>
    /// <param name="count">At least 1.</param>
    /// <param name="q">[V], to be filled.</param>
    public IReadOnlyList<int> Sample(ReadOnlySpan<float> logits, int count, double[] q)
    {
        pipeline.Apply(logits, q);
        return Draw switch
        {
            SiblingDraw.Chosen when options.Temperature == 0 => MostProbable(logits, count, float.NegativeInfinity),
            SiblingDraw.Chosen => MostProbable<double>(q, count, 0),
            SiblingDraw.Independent => [.. Enumerable.Range(0, count).Select(_ => randomness.Draw(q))],
            _ => WithoutReplacement(q, count),
        };
    }

    private List<int> WithoutReplacement(double[] q, int count)
    {
        var drawn = new List<int> { randomness.Draw(q) };
        for (var most = count == 1 ? 1 : Math.Min(count, q.Count(share => share > 0)); drawn.Count < most;)
            drawn.Add(randomness.Draw(DraftTree.Without(q, drawn)));
        return drawn;
    }

    /// <summary>The largest first; among equals the lower ids.</summary>
    private static List<int> MostProbable<T>(ReadOnlySpan<T> values, int count, T above) where T : IComparable<T>
    {
        var best = new List<int>();
        for (var token = 0; token < values.Length; token++)
        {
            if (values[token].CompareTo(above) <= 0 || (best.Count == count && values[token].CompareTo(values[best[^1]]) <= 0))
                continue;
            var place = best.Count;
            while (place > 0 && values[token].CompareTo(values[best[place - 1]]) > 0)
                place--;
            best.Insert(place, token);
            if (best.Count > count)
                best.RemoveAt(count);
        }
        return best;
    }
}
