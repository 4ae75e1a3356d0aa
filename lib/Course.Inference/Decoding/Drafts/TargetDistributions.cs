using System.Collections;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>
/// p at every place of one verification, computed from its logits when it is first asked for: after a rejection, and beside the path of a
/// tree, nobody asks.
/// </summary>
internal sealed class TargetDistributions(SamplingPipeline pipeline) : IReadOnlyList<double[]>
{
    private readonly List<double[]> distributions = []; // [V] each, kept between verifications
    private readonly List<bool> known = [];
    private Logits logits = null!;
    private int row, first;

    /// <summary>Places: one more than were drafted.</summary>
    public int Count => known.Count;

    /// <param name="verified">The answers.</param>
    /// <param name="row">Whose.</param>
    /// <param name="count">Its last answers so many are the places.</param>
    public TargetDistributions Begin(Logits verified, int row, int count)
    {
        (logits, this.row, first) = (verified, row, verified.LengthOf(row) - count);
        known.Clear();
        for (var place = 0; place < count; place++)
            known.Add(false);
        return this;
    }

    /// <summary>[V]; it holds until the next verification.</summary>
    public double[] this[int place]
    {
        get
        {
            if (!known[place])
                Compute(place);
            return distributions[place];
        }
    }

    private void Compute(int place)
    {
        while (distributions.Count <= place)
            distributions.Add(new double[logits.VocabularySize]);
        pipeline.Apply(logits[row, first + place], distributions[place]);
        known[place] = true;
    }

    public IEnumerator<double[]> GetEnumerator() => Enumerable.Range(0, Count).Select(place => this[place]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
