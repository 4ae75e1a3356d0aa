using System.Collections;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>p at every place of one verification, made of its logits when it is first asked for: behind a rejection, and beside the path of a tree, nobody asks.</summary>
internal sealed class TargetLaws(SamplingPipeline pipeline) : IReadOnlyList<double[]>
{
    private readonly List<double[]> laws = []; // [V] each, kept between verifications
    private readonly List<bool> known = [];
    private Logits logits = null!;
    private int row, first;

    /// <summary>Places: one more than were drafted.</summary>
    public int Count => known.Count;

    /// <param name="verified">The answers to everything that was fed.</param>
    /// <param name="row">Whose.</param>
    /// <param name="count">Its last answers so many are the places.</param>
    public TargetLaws Begin(Logits verified, int row, int count)
    {
        (logits, this.row, first) = (verified, row, verified.LengthOf(row) - count);
        known.Clear();
        known.AddRange(Enumerable.Repeat(false, count));
        return this;
    }

    /// <summary>[V]; it holds until the next verification.</summary>
    public double[] this[int place]
    {
        get
        {
            if (!known[place])
                Make(place);
            return laws[place];
        }
    }

    private void Make(int place)
    {
        while (laws.Count <= place)
            laws.Add(new double[logits.VocabularySize]);
        pipeline.Apply(logits[row, first + place], laws[place]);
        known[place] = true;
    }

    public IEnumerator<double[]> GetEnumerator() => Enumerable.Range(0, Count).Select(place => this[place]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
