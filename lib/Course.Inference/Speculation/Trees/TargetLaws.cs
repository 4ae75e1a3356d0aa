using Course.Inference.Models;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>p behind the nodes of one verification, made of their logits when it is asked for: most nodes are never asked about.</summary>
internal sealed class TargetLaws(SamplingPipeline pipeline, int vocabularySize)
{
    private readonly Dictionary<int, double[]> known = [];
    private readonly Stack<double[]> spare = []; // kept between rounds
    private Logits logits = null!;
    private int root;

    /// <param name="verified">[1, …, V]; the last <paramref name="nodes"/> answers are the tree's, and the one before them is the root's.</param>
    /// <param name="nodes">Of the tree.</param>
    public void Begin(Logits verified, int nodes)
    {
        (logits, root) = (verified, verified.Length - nodes - 1);
        foreach (var law in known.Values)
            spare.Push(law);
        known.Clear();
    }

    /// <summary>[V]; it holds until the next verification.</summary>
    public double[] Behind(int node)
    {
        if (!known.TryGetValue(node, out var law))
        {
            known.Add(node, law = spare.TryPop(out var used) ? used : new double[vocabularySize]);
            pipeline.Apply(logits[0, root + 1 + node], law);
        }
        return law;
    }
}
