using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// Calibration text that the model generates itself. It needs no file, and its distribution is just what the model meets when it runs.
/// </summary>
public static class SelfGeneratedText
{
    /// <summary>
    /// The default number of texts: on models of some million weights, more texts no longer change the results measurably.
    /// </summary>
    public const int Rows = 16;

    /// <summary>Samples whole contexts at temperature 1. After the end of a text the next one begins, as in training.</summary>
    /// <param name="model">The model that generates.</param>
    /// <param name="beginToken">The token before the first text.</param>
    /// <param name="length">Tokens per sequence, the begin token included; at most the context.</param>
    /// <param name="rows">The number of sequences, which are generated as one batch.</param>
    /// <param name="seed">The same seed yields the same text.</param>
    /// <returns>The tokens of each sequence.</returns>
    public static IReadOnlyList<int[]> Write(ILanguageModel model, int beginToken, int length, int rows = Rows, ulong seed = 1)
    {
        var seeds = new SeededRandomness(seed);
        var randomness = Enumerable.Range(0, rows).Select(row => seeds.ForRequest((ulong)row)).ToArray();
        var pipeline = new SamplingPipeline(SamplingOptions.Default);
        var texts = Enumerable.Range(0, rows).Select(_ => new int[length]).ToArray();
        foreach (var text in texts)
            text[0] = beginToken;
        using var cache = model.CreateCache(rows);
        for (var t = 1; t < length; t++)
        {
            var at = t;
            var logits = model.Forward(new TokenBatch(rows, 1, [.. texts.Select(text => text[at - 1])]), cache);
            for (var row = 0; row < rows; row++)
                texts[row][t] = randomness[row].Draw(pipeline.Distribution(logits.Last(row)));
        }

        return texts;
    }
}
