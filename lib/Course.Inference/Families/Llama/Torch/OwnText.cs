using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// Text that a model writes by itself, to calibrate it with: no file is needed, and it is just what the model meets when it runs.
/// </summary>
public static class OwnText
{
    /// <summary>Enough for moments that no longer change a result measurably, on models of some million weights.</summary>
    public const int Rows = 16;

    /// <summary>Draws whole contexts at temperature 1; where a text ends, the next one begins, as in training.</summary>
    /// <param name="model">Writes.</param>
    /// <param name="beginToken">Stands before the first text.</param>
    /// <param name="length">Tokens per row, the begin token included; at most the context.</param>
    /// <param name="rows">How many are written together.</param>
    /// <param name="seed">The same seed gives the same text.</param>
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
