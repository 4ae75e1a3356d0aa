using Course.Inference.Families.Llama.Torch;
using Course.Inference.Kernels;
using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>
/// The forward pass of up to <see cref="MostTokens"/> tokens, whatever rows they belong to, on fused kernels. All memory and all jobs are
/// made once; a pass allocates nothing. <see cref="LlamaNetwork"/> is what it equals.
/// </summary>
internal sealed unsafe class FusedLlamaModelBlock : IDisposable
{
    /// <summary>M at most.</summary>
    public const int MostTokens = 16;

    private readonly LlamaConfiguration c;
    private readonly FusedLlamaModelWeights weights;
    private readonly KernelThreads threads;
    private readonly AlignedBuffer<float> stream, delta;   // [M, D]
    private readonly TokenInputs normed, mixed, hidden;    // [M, D], [M, H·d], [M, hidden]
    private readonly AttentionJob attention;
    private readonly Layer[] layers;
    private readonly ProductJob head;
    private int count;

    public FusedLlamaModelBlock(LlamaConfiguration c, FusedLlamaModelWeights weights, KernelThreads threads)
    {
        (this.c, this.weights, this.threads) = (c, weights, threads);
        (stream, delta) = (new((long)MostTokens * c.Width), new((long)MostTokens * c.Width));
        (normed, mixed, hidden) = (new(MostTokens, c.Width), new(MostTokens, c.QueryHeads * c.HeadWidth), new(MostTokens, c.HiddenWidth));
        attention = new(c, threads, mixed, MostTokens);
        var ups = new AlignedBuffer<float>((long)MostTokens * hidden.Stride);
        layers = [.. weights.Layers.Select(w => new Layer(
            (float*)w.AttentionNorm, new(normed, w.Query, w.Key, w.Value), new(mixed, w.Output),
            (float*)w.MlpNorm, new(normed, w.Gate, w.Up, hidden, ups), new(hidden, w.Down)))];
        head = new(normed, weights.Head);
        this.ups = ups;
    }

    private readonly AlignedBuffer<float> ups;

    public void Begin(CachedVectors cached)
    {
        count = 0;
        attention.Begin(cached);
    }

    /// <summary>How many more tokens fit.</summary>
    public int Room => MostTokens - count;

    /// <summary>Adds tokens of one row, at most <see cref="Room"/>.</summary>
    /// <param name="tokens">Its next ones.</param>
    /// <param name="row">Of the cache.</param>
    /// <param name="place">The first one's place in its row of the cache.</param>
    /// <param name="tree">How they branch; null where they do not.</param>
    /// <param name="node">The first one's number in the tree; negative where it is of the text before the tree.</param>
    public void Add(ReadOnlySpan<int> tokens, int row, int place, TokenTree? tree, int node)
    {
        attention.Add(new(row, count, tokens.Length, place, tree, node));
        foreach (var token in tokens)
            weights.Embed(token, StreamOf(count++));
    }

    /// <summary>All layers: the tokens' keys and values are in the cache, and the stream is ready for <see cref="Answer"/>.</summary>
    public void Run()
    {
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i];
            Norm(layer.AttentionNorm);
            layer.Qkv.Run(threads, count, attention.Qkv, attention.QkvWidth);
            attention.Run(i);
            layer.Output.Run(threads, count, delta.Pointer, c.Width, stream.Pointer);
            Norm(layer.MlpNorm);
            layer.Gated.Run(threads, count);
            layer.Down.Run(threads, count, delta.Pointer, c.Width, stream.Pointer);
        }
    }

    /// <summary>[tokens, V]: the logits of some of the block's tokens.</summary>
    public void Answer(ReadOnlySpan<int> tokens, float* logits)
    {
        for (var i = 0; i < tokens.Length; i++)
            RowMath.RmsNorm(
                StreamOf(tokens[i]), (float*)weights.FinalNorm, c.NormEpsilon, c.Width, normed.Floats + ((long)i * normed.Stride));
        head.Run(threads, tokens.Length, logits, c.VocabularySize);
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[stream, delta, normed, mixed, hidden, attention, ups])
            part.Dispose();
    }

    private float* StreamOf(int token) => stream.Pointer + ((long)token * c.Width);

    private void Norm(float* gain)
    {
        for (var m = 0; m < count; m++)
            RowMath.RmsNorm(StreamOf(m), gain, c.NormEpsilon, c.Width, normed.Floats + ((long)m * normed.Stride));
    }

    private sealed class Layer(float* attentionNorm, ProductJob qkv, ProductJob output, float* mlpNorm, GatedJob gated, ProductJob down)
    {
        public float* AttentionNorm => attentionNorm;

        public ProductJob Qkv => qkv;

        public ProductJob Output => output;

        public float* MlpNorm => mlpNorm;

        public GatedJob Gated => gated;

        public ProductJob Down => down;
    }
}
