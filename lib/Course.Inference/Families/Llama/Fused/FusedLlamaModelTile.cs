using Course.Inference.Families.Llama.Torch;
using Course.Inference.Kernels;
using Course.Inference.Modeling;

namespace Course.Inference.Families.Llama.Fused;

/// <summary>
/// The forward pass of a tile of up to <see cref="MostTokens"/> tokens, of any sequences, on fused kernels. All memory and all jobs are
/// created once; a pass allocates nothing. Equals <see cref="LlamaNetwork"/> up to rounding.
/// </summary>
internal sealed unsafe class FusedLlamaModelTile : IDisposable
{
    /// <summary>The most tokens M in a tile.</summary>
    public const int MostTokens = 16;

    private readonly LlamaConfiguration c;
    private readonly FusedLlamaModelWeights weights;
    private readonly KernelThreads threads;
    private readonly AlignedBuffer<float> residual, delta;    // [M, D]
    private readonly TokenInputs normed, attended, hidden;    // [M, D], [M, H·d], [M, hidden]
    private readonly AlignedBuffer<float> up;                 // [M, hidden]
    private readonly AttentionJob attention;
    private readonly Layer[] layers;
    private readonly ProductJob head;
    private int count;

    public FusedLlamaModelTile(LlamaConfiguration c, FusedLlamaModelWeights weights, KernelThreads threads)
    {
        (this.c, this.weights, this.threads) = (c, weights, threads);
        (residual, delta) = (new((long)MostTokens * c.Width), new((long)MostTokens * c.Width));
        normed = new(MostTokens, c.Width);
        attended = new(MostTokens, c.QueryHeads * c.HeadWidth);
        hidden = new(MostTokens, c.HiddenWidth);
        attention = new(c, threads, attended, MostTokens);
        up = new((long)MostTokens * hidden.Stride);
        layers = [.. weights.Layers.Select(w => new Layer(
            (float*)w.AttentionNorm, new(normed, w.Query, w.Key, w.Value), new(attended, w.Output),
            (float*)w.MlpNorm, new(normed, w.Gate, w.Up, hidden, up), new(hidden, w.Down)))];
        head = new(normed, weights.Head);
    }

    /// <summary>Begins an empty tile.</summary>
    /// <param name="cached">The cache of its tokens.</param>
    public void Begin(CachedVectors cached)
    {
        count = 0;
        attention.Begin(cached);
    }

    /// <summary>How many more tokens fit into the tile.</summary>
    public int Room => MostTokens - count;

    /// <summary>Adds tokens of one sequence, at most <see cref="Room"/>.</summary>
    /// <param name="tokens">The sequence's next tokens.</param>
    /// <param name="row">The sequence's row in the cache.</param>
    /// <param name="slot">The first token's slot in the cache.</param>
    /// <param name="tree">How the tokens branch; null if they do not.</param>
    /// <param name="node">The first token's number in the tree; negative if it belongs to the text before the tree.</param>
    public void Add(ReadOnlySpan<int> tokens, int row, int slot, TokenTree? tree, int node)
    {
        attention.Add(new(row, count, tokens.Length, slot, tree, node));
        foreach (var token in tokens)
            weights.Embed(token, ResidualOf(count++));
    }

    /// <summary>
    /// Runs all layers. Afterwards the tokens' keys and values are in the cache, and <see cref="ComputeLogits"/> can be called.
    /// </summary>
    public void Run()
    {
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i];
            Norm(layer.AttentionNorm);
            layer.Qkv.Run(threads, count, attention.Qkv, attention.QkvWidth);
            attention.Run(i);
            layer.Output.Run(threads, count, delta.Pointer, c.Width, residual.Pointer);
            Norm(layer.MlpNorm);
            layer.Gated.Run(threads, count);
            layer.Down.Run(threads, count, delta.Pointer, c.Width, residual.Pointer);
        }
    }

    /// <summary>Computes the logits of some of the tile's tokens.</summary>
    /// <param name="tokens">Indices in the tile.</param>
    /// <param name="logits">[tokens, V]: receives the logits.</param>
    public void ComputeLogits(ReadOnlySpan<int> tokens, float* logits)
    {
        for (var i = 0; i < tokens.Length; i++)
            RowMath.RmsNorm(
                ResidualOf(tokens[i]), (float*)weights.FinalNorm, c.NormEpsilon, c.Width, normed.Floats + ((long)i * normed.Stride));
        head.Run(threads, tokens.Length, logits, c.VocabularySize);
    }

    public void Dispose()
    {
        foreach (var part in (IDisposable[])[residual, delta, normed, attended, hidden, attention, up])
            part.Dispose();
    }

    private float* ResidualOf(int token) => residual.Pointer + ((long)token * c.Width);

    private void Norm(float* gain)
    {
        for (var m = 0; m < count; m++)
            RowMath.RmsNorm(ResidualOf(m), gain, c.NormEpsilon, c.Width, normed.Floats + ((long)m * normed.Stride));
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
