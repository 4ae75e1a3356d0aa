using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Kernels;
using Course.Inference.Quantization;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Speculation.Greedy;

/// <summary>A target, every model that drafts for it, what it is asked to continue, and what it writes one token at a time.</summary>
public abstract class GreedyModels : IDisposable
{
    // Its own: several of these are at work at once, one thread each, and a shared team would have them take turns.
    private readonly KernelThreads threads = new(1);
    private readonly List<FusedLlamaModel> models = [];
    private readonly Dictionary<ILanguageModel, IReadOnlyList<int[]>> plain = [];

    /// <param name="target">A checkpoint.</param>
    /// <param name="draft">Another; null where there is none, and then the target's first layers draft.</param>
    /// <param name="few">The fewest bits that the target's shape allows.</param>
    protected GreedyModels(string target, string? draft, WeightFormat few)
    {
        var tokenizer = TokenizerFile.Load(target);
        Options = new() { MaxTokens = MaxTokens, Sampling = SamplingOptions.Greedy, StopTokens = [.. tokenizer.EndTokens] };
        Target = Load(target, null);
        Int8 = Load(target, WeightFormat.Int8);
        FewBits = Load(target, few);
        Early = FirstLayers(target);
        Draft = draft is null ? Early : Load(draft, null);
        DraftInt8 = draft is null ? Int8 : Load(draft, WeightFormat.Int8);
        Prompts = [.. Openings(tokenizer)];
    }

    public DecodingOptions Options { get; }

    public FusedLlamaModel Target { get; }

    public FusedLlamaModel Int8 { get; }

    public FusedLlamaModel FewBits { get; }

    public FusedLlamaModel Early { get; }

    public FusedLlamaModel Draft { get; }

    public FusedLlamaModel DraftInt8 { get; }

    public IReadOnlyList<int[]> Prompts { get; }

    protected abstract int MaxTokens { get; }

    protected abstract IEnumerable<int[]> Openings(ITokenizer tokenizer);

    /// <summary>What greedy decoding writes behind each prompt: computed once for a model.</summary>
    public IReadOnlyList<int[]> Plain(ILanguageModel model) => plain.TryGetValue(model, out var known) ? known : plain[model] = Write(new CachedDecoder(model));

    public IReadOnlyList<int[]> Write(IDecoder decoder) =>
        [.. Prompts.Select(prompt => decoder.Decode(prompt, Options, new SeededRandomness(0)).Select(token => token.Token).ToArray())];

    private FusedLlamaModel FirstLayers(string path)
    {
        using var scope = NewDisposeScope();
        var (whole, tensors) = Checkpoint.Read(path);
        var (shallow, first) = EarlyExit.FirstLayers(whole, tensors, whole.Layers / 2);
        return Keep(new(shallow, first, threads));
    }

    private FusedLlamaModel Load(string path, WeightFormat? format)
    {
        using var scope = NewDisposeScope();
        var (configuration, tensors) = Checkpoint.Read(path);
        return Keep(format is { } few ? new(configuration, QuantizedWeights.From(configuration, tensors, few), threads) : new(configuration, tensors, threads));
    }

    private FusedLlamaModel Keep(FusedLlamaModel model)
    {
        models.Add(model);
        return model;
    }

    public void Dispose()
    {
        models.ForEach(model => model.Dispose());
        threads.Dispose();
        GC.SuppressFinalize(this);
    }
}
