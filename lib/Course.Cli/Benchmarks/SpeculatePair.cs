using Course.Inference.Decoding;
using Course.Inference.Models;
using Course.Inference.Quantization;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;

namespace Course.Cli.Benchmarks;

/// <summary>The bundled pair on the fused kernels, with every drafter there is for it, and texts to write.</summary>
internal sealed class SpeculatePair : IDisposable
{
    private readonly List<FusedLlamaModel> models = [];

    public SpeculatePair()
    {
        Target = Keep(FusedLlamaModel.Load(Bundled.Target));
        Draft = Keep(FusedLlamaModel.Load(Bundled.Draft));
        Int4 = Keep(FusedLlamaModel.Load(Bundled.Target, WeightFormat.Int4()));
        var (whole, tensors) = Checkpoint.Read(Bundled.Target);
        var (configuration, first) = EarlyExit.FirstLayers(whole, tensors, whole.Layers / 2);
        Early = Keep(new(configuration, first));
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
        var tokenizer = TokenizerFile.Load(Bundled.Target);
        Prompts = [.. Bundled.Openings.Select(opening => tokenizer.EncodePrompt(opening).ToArray())];
        Copying = [.. tokenizer.EncodePrompt(string.Concat(Enumerable.Repeat("The cat sat on the mat. The dog ran to the park. The bird sang in the tree.\n", 4)))];
    }

    public FusedLlamaModel Target { get; }

    public FusedLlamaModel Draft { get; }

    public FusedLlamaModel Int4 { get; }

    public FusedLlamaModel Early { get; }

    /// <summary>Openings that no model of the course has seen.</summary>
    public IReadOnlyList<int[]> Prompts { get; }

    /// <summary>Sentences that recur, so that the answer quotes the prompt.</summary>
    public int[] Copying { get; }

    /// <summary>Writes all texts and says what the last run did; for cached decoding nothing is said.</summary>
    public static IReadOnlyList<SpeculationTrace> Write(IDecoder decoder, IEnumerable<int[]> prompts, int tokens, SamplingOptions sampling)
    {
        var traces = new List<SpeculationTrace>();
        foreach (var (index, prompt) in prompts.Index())
        {
            var run = decoder.Decode(prompt, new() { MaxTokens = tokens, Sampling = sampling }, new SeededRandomness((ulong)index));
            foreach (var _ in run)
                ;
            if (run is SpeculativeRun speculative)
                traces.Add(speculative.Trace);
        }
        return traces;
    }

    public void Dispose() => models.ForEach(model => model.Dispose());

    private FusedLlamaModel Keep(FusedLlamaModel model)
    {
        models.Add(model);
        return model;
    }
}
