using Course.Inference.Families.Llama.Fused;
using Course.Inference.Modeling;

namespace Course.Benchmarks.Decoding;

/// <summary>One model in one precision, and steps of it that can be repeated: each leaves the cache as it found it.</summary>
public sealed class DecodeSteps : IDisposable
{
    public const int MostTokens = 16;
    private const int MostRows = 8;
    private readonly FusedLlamaModel model;
    private readonly IKeyValueCache alone, together;
    private readonly int[] tokens = [.. Enumerable.Range(10, MostTokens)];
    private readonly float[] logits;
    private readonly int cached;

    /// <param name="source">Which model.</param>
    /// <param name="format">In which precision.</param>
    /// <param name="cached">S: how many tokens come before a step.</param>
    public DecodeSteps(BenchModel source, BenchFormat format, int cached)
    {
        (model, this.cached) = (source.Build(format), cached);
        (alone, together) = (model.CreateCache(), model.CreateCache(MostRows));
        logits = new float[MostTokens * model.VocabularySize];
        model.Forward(Text(1), alone, LogitsOf.NoToken);
        model.Forward(Text(MostRows), together, LogitsOf.NoToken);
    }

    /// <summary>Bytes of weights that a step of one token reads.</summary>
    public double WeightBytes => model.Cost(1, 1, cached).WeightBytes;

    /// <summary>T tokens of one row: a step of decoding, or the verification of T − 1 guesses.</summary>
    public void OneRow(int T)
    {
        model.Step(tokens.AsSpan(0, T), alone, logits.AsSpan(0, T * model.VocabularySize));
        alone.Rewind(T);
    }

    /// <summary>A token of each of 8 rows.</summary>
    public void EightRows()
    {
        model.Step(tokens.AsSpan(0, MostRows), together, logits.AsSpan(0, MostRows * model.VocabularySize));
        together.Rewind(1);
    }

    public void Dispose()
    {
        alone.Dispose();
        together.Dispose();
        model.Dispose();
    }

    private TokenBatch Text(int rows) => new(rows, cached, [.. Enumerable.Range(0, rows * cached).Select(i => 10 + (i % 400))]);
}
