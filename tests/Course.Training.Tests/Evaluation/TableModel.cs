using Course.Inference.Modeling;

namespace Course.Training.Tests.Evaluation;

/// <summary>A model with the same distribution in every context.</summary>
internal sealed class TableModel(double[] probabilities) : ILanguageModel
{
    public int VocabularySize => probabilities.Length;

    public int ContextLength => 64;

    public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => new NoCache(rows);

    public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default) => new(
        Logits.LayoutOf(tokens, wanted), VocabularySize,
        [.. Enumerable.Range(0, Logits.LayoutOf(tokens, wanted).Count).SelectMany(_ => probabilities).Select(p => (float)Math.Log(p))]);

    public ForwardCost Cost(ForwardShape shape) => default;

    private sealed class NoCache(int rows) : IKeyValueCache
    {
        public int Rows => rows;

        public int Capacity => int.MaxValue;

        public int Length => 0;

        public long Bytes => 0;

        public CacheType Type => CacheType.AsModel;

        public int LengthOf(int row) => 0;

        public void Rewind(int count)
        {
        }

        public void Rewind(int row, int count)
        {
        }

        public void Keep(int row, int length, ReadOnlySpan<int> further)
        {
        }

        public void Add()
        {
        }

        public void Remove(int row)
        {
        }

        public void Dispose()
        {
        }
    }
}
