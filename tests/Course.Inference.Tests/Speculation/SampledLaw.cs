using Course.Inference.Sampling;

namespace Course.Inference.Tests.Speculation;

/// <summary>
/// A calibrated test of samples against a law that is known exactly. For an event of probability p that came up in a share f of n samples,
/// Chernoff's bound gives P(KL(f‖p) ≥ t) ≤ 2·exp(−n t). Over all K events looked at, n · KL above ln(2K / δ) for any of them happens to the
/// true law with probability δ at most: the false alarm, whatever the law is.
/// </summary>
internal static class SampledLaw
{
    public const double FalseAlarm = 1e-9;

    /// <summary>The worst event's n · KL over what is allowed: above 1, the samples are not from this law.</summary>
    /// <param name="law">Every sequence with its probability.</param>
    /// <param name="samples">Sequences.</param>
    public static double Alarm(JointLaw law, IReadOnlyCollection<int[]> samples)
    {
        // The events: every beginning, of one token and more, of what can come, and all together that cannot.
        var events = law.SelectMany(outcome => Beginnings(outcome.Key)).Distinct(SequenceComparer.Instance).ToList();
        var limit = Math.Log(2 * (events.Count + 1) / FalseAlarm);
        var counts = samples.SelectMany(Beginnings).CountBy(beginning => beginning, SequenceComparer.Instance).ToDictionary(SequenceComparer.Instance);
        var impossible = samples.Any(sample => law[sample] == 0);
        return impossible ? double.PositiveInfinity : events.Max(begun =>
            samples.Count * Divergence((double)counts.GetValueOrDefault(begun) / samples.Count, Math.Min(1, law.Where(pair => pair.Key.Take(begun.Count).SequenceEqual(begun)).Sum(pair => pair.Value)))) / limit;
    }

    private static IEnumerable<IReadOnlyList<int>> Beginnings(IReadOnlyList<int> sequence) =>
        Enumerable.Range(1, sequence.Count).Select(length => (IReadOnlyList<int>)[.. sequence.Take(length)]);

    /// <summary>KL(f‖p) of two coins, in nats.</summary>
    public static double Divergence(double f, double p) => Term(f, p) + Term(1 - f, 1 - p);

    private static double Term(double f, double p) => f == 0 ? 0 : f * Math.Log(f / p);

    /// <summary>The exact law of the next tokens of a model, by feeding it every beginning.</summary>
    public static JointLaw Of(ILanguageModel model, int[] prompt, int tokens, SamplingOptions sampling) => JointLaw.Of(randomness =>
    {
        var emitted = new List<int>();
        while (emitted.Count < tokens)
            emitted.Add(randomness.Draw(Next(model, [.. prompt, .. emitted], sampling)));
        return emitted;
    });

    public static double[] Next(ILanguageModel model, int[] sequence, SamplingOptions sampling) =>
        new SamplingPipeline(sampling).Distribution(model.Forward(TokenBatch.Of(sequence), wanted: LogitsOf.LastToken).Last());
}
