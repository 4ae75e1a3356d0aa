using Course.Inference.Caching;
using Course.Inference.Models;

namespace Course.Training.Tests.Evaluation;

/// <summary>A model that says the same whatever came before.</summary>
internal sealed class TableModel(double[] probabilities) : ILanguageModel
{
    public int VocabularySize => probabilities.Length;

    public int ContextLength => 64;

    public IKeyValueCache CreateCache(int rows = 1) => new NoCache(rows);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null) => new(
        tokens.Rows, tokens.Length, VocabularySize,
        [.. Enumerable.Range(0, tokens.Rows * tokens.Length).SelectMany(_ => probabilities).Select(p => (float)Math.Log(p))]);

    public ForwardCost Cost(int rows, int newTokens, int cached) => default;

    private sealed class NoCache(int rows) : IKeyValueCache
    {
        public int Rows => rows;

        public int Capacity => int.MaxValue;

        public int Length => 0;

        public long Bytes => 0;

        public void Rewind(int count)
        {
        }

        public void Dispose()
        {
        }
    }
}
