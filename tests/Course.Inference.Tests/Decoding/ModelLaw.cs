using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Tests.Sampling;

namespace Course.Inference.Tests.Decoding;

/// <summary>
/// The law that a decoder must emit, from the table and the definitions alone: the product of the conditional probabilities, cut after a
/// stop token or at the limit. No decoder, no randomness, no pipeline of the library is asked.
/// </summary>
internal static class ModelLaw
{
    public static JointLaw Of(TableModel model, int[] prompt, DecodingOptions options) =>
        JointLaw.Given(Continuations(model, prompt, [], 1, options));

    private static IEnumerable<KeyValuePair<IReadOnlyList<int>, double>> Continuations(
        TableModel model, int[] prompt, int[] emitted, double probability, DecodingOptions options)
    {
        if (emitted.Length == options.MaxTokens || emitted.Length > 0 && options.StopTokens.Contains(emitted[^1]))
            return [new(emitted, probability)];
        var next = Next(model.Logits([.. prompt, .. emitted]), options.Sampling);
        return Enumerable.Range(0, next.Length).Where(token => next[token] > 0)
            .SelectMany(token => Continuations(model, prompt, [.. emitted, token], probability * next[token], options));
    }

    private static double[] Next(float[] logits, SamplingOptions o) => NaiveSampling.MinP(
        NaiveSampling.TopP(NaiveSampling.TopK(o.Temperature == 0 ? Greedy(logits) : NaiveSampling.Softmax(logits, o.Temperature), o.TopK), o.TopP), o.MinP);

    private static double[] Greedy(float[] logits) => [.. logits.Select((_, token) => token == Array.IndexOf(logits, logits.Max()) ? 1.0 : 0)];
}
