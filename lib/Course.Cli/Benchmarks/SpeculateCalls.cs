using Course.Inference.Caching;
using Course.Inference.Measurement;
using Course.Inference.Models;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using static System.FormattableString;

namespace Course.Cli.Benchmarks;

/// <summary>
/// Calls of one model with several tokens, to be timed in turn with the runs that they predict: what drifts between the two would be an error of the
/// prediction that is none of the law's. They stand behind as many cached tokens as the runs have on average.
/// </summary>
internal sealed class SpeculateCalls : IDisposable
{
    private const int Repeats = 4; // one call is short beside what interrupts it
    private readonly string name;
    private readonly ILanguageModel model;
    private readonly IReadOnlyList<int> counts;
    private readonly IKeyValueCache cache;
    private readonly SamplingPipeline pipeline;
    private readonly double[] law;

    /// <param name="name">Of the model, in the record.</param>
    /// <param name="model">What is called.</param>
    /// <param name="counts">M, each.</param>
    /// <param name="cached">S.</param>
    /// <param name="sampling">How logits become distributions, which is part of a step.</param>
    public SpeculateCalls(string name, ILanguageModel model, IReadOnlyList<int> counts, int cached, SamplingOptions sampling)
    {
        (this.name, this.model, this.counts, cache, pipeline, law) = (name, model, counts, model.CreateCache(), new(sampling), new double[model.VocabularySize]);
        model.Forward(new(1, cached, new int[cached]), cache, LogitsOf.NoToken);
    }

    public IEnumerable<(string Name, Action Work)> Things => counts.Select(M => (NameOf(M), (Action)(() => Call(M))));

    public CallTimes Times(IEnumerable<Timing> timings)
    {
        var byName = timings.ToDictionary(timing => timing.Name);
        return new(counts.Select(M => (M, byName[NameOf(M)].Median / Repeats)));
    }

    public void Dispose() => cache.Dispose();

    private string NameOf(int M) => Invariant($"{name}, {Repeats} calls of M={M}");

    private void Call(int M)
    {
        for (var i = 0; i < Repeats; i++)
        {
            var logits = model.Forward(new(1, M, new int[M]), cache);
            for (var position = 0; position < M; position++)
                pipeline.Apply(logits[0, position], law);
            cache.Rewind(M);
        }
    }
}
