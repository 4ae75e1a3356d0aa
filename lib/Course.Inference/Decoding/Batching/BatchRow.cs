using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Batching;

/// <summary>A row on its way through the batch.</summary>
/// <param name="index">Its place among the requests.</param>
/// <param name="continuation">Its prompt and what it has emitted.</param>
/// <param name="sampler">Its own law and its own randomness.</param>
internal sealed class BatchRow(int index, Continuation continuation, Sampler sampler)
{
    public int Index => index;

    public Continuation Continuation => continuation;

    /// <summary>What it brings to the next call: the tokens behind the cached ones, at most a chunk.</summary>
    public int[] Feed(int cached, int chunk) => continuation.Sequence.Slice(cached, Math.Min(continuation.Sequence.Length - cached, chunk)).ToArray();

    public BatchToken Draw(ReadOnlySpan<float> logits, TimeSpan at) => new(index, continuation.Append(sampler.Choose(logits), at));
}
