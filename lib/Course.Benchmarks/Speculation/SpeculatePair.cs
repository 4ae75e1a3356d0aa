using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Families.Llama;
using Course.Inference.Quantization;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using static TorchSharp.torch;

namespace Course.Benchmarks.Speculation;

/// <summary>The bundled pair on the fused kernels, with every drafter there is for it, and texts to write.</summary>
internal sealed class SpeculatePair : IDisposable
{
    private readonly List<ILlamaModel> models = [];

    public SpeculatePair()
    {
        Target = Keep(Models.Load(Bundled.Target));
        Draft = Keep(Models.Load(Bundled.Draft));
        DraftInt8 = Keep(Models.Load(Bundled.Draft, format: WeightFormat.Int8));
        Int4 = Keep(Models.Load(Bundled.Target, format: WeightFormat.Int4()));
        var (whole, tensors) = Checkpoint.Read(Bundled.Target);
        var (configuration, first) = EarlyExit.FirstLayers(whole, tensors, whole.Layers / 2);
        Early = Keep(Models.Of(configuration, first, CPU));
        foreach (var tensor in tensors.Values)
            tensor.Dispose();
        var tokenizer = TokenizerFile.Load(Bundled.Target);
        Prompts = [.. Bundled.Openings.Select(opening => tokenizer.EncodePrompt(opening).ToArray())];
        string[] passages = ["Tom had a red ball. He liked to play with it.\n", "The cat saw the dog and ran away. ", "I have a ball. ", "She ran and ran and ran. "];
        Copying = [.. passages.SelectMany(passage => new[] { 4, 8 }, (passage, times) => tokenizer.EncodePrompt(string.Concat(Enumerable.Repeat(passage, times))).ToArray())];
    }

    public ILlamaModel Target { get; }

    public ILlamaModel Draft { get; }

    /// <summary>The draft in a quarter of its bytes, which the nearest caches hold beside the target's passing stream.</summary>
    public ILlamaModel DraftInt8 { get; }

    public ILlamaModel Int4 { get; }

    public ILlamaModel Early { get; }

    /// <summary>Openings that no model of the course has seen.</summary>
    public IReadOnlyList<int[]> Prompts { get; }

    /// <summary>Passages several times over, for an answer that goes on with them; a small model does so behind few.</summary>
    public IReadOnlyList<int[]> Copying { get; }

    /// <summary>Writes all texts.</summary>
    public static IReadOnlyList<DecodingRun> Write(IDecoder decoder, IEnumerable<int[]> prompts, int tokens, SamplingOptions sampling)
    {
        var runs = new List<DecodingRun>();
        foreach (var (index, prompt) in prompts.Index())
        {
            runs.Add(decoder.Decode(prompt, new() { MaxTokens = tokens, Sampling = sampling }, new SeededRandomness((ulong)index)));
            foreach (var _ in runs[^1])
                ;
        }
        return runs;
    }

    public void Dispose() => models.ForEach(model => model.Dispose());

    private ILlamaModel Keep(ILlamaModel model)
    {
        models.Add(model);
        return model;
    }
}
