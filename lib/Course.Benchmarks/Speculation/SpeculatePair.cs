using Course.Inference;
using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Families.Llama;
using Course.Inference.Quantization;
using Course.Inference.Sampling;
using static System.FormattableString;
using static TorchSharp.torch;

namespace Course.Benchmarks.Speculation;

/// <summary>The bundled pair on the fused kernels, with every drafter there is for it, and texts to write.</summary>
internal sealed class SpeculatePair : IDisposable
{
    private readonly List<IDisposable> held = [];

    public SpeculatePair()
    {
        Target = Keep(Models.Load(Bundled.Target));
        var source = new DraftSource(Bundled.Target, CPU);
        IDrafter Drafter(string name, WeightFormat? format = null) => Keep(Drafters.Load(name, source with { Format = format })).Drafter;
        (Draft, DraftInt8, Int4) = (Drafter("draft"), Drafter("draft", WeightFormat.Int8), Drafter("int4"));
        (Early, Lookup) = (Drafter(Invariant($"early:{Target.Configuration.Layers / 2}")), Drafter("lookup"));
        var tokenizer = TokenizerFile.Load(Bundled.Target);
        Prompts = [.. Bundled.Openings.Select(opening => tokenizer.EncodePrompt(opening).ToArray())];
        string[] passages = ["Tom had a red ball. He liked to play with it.\n", "The cat saw the dog and ran away. ", "I have a ball. ", "She ran and ran and ran. "];
        Copying = [.. passages.SelectMany(passage => new[] { 4, 8 }, (passage, times) => tokenizer.EncodePrompt(string.Concat(Enumerable.Repeat(passage, times))).ToArray())];
    }

    public ILlamaModel Target { get; }

    public IDrafter Draft { get; }

    /// <summary>The draft in a quarter of its bytes, which the nearest caches hold beside the target's passing stream.</summary>
    public IDrafter DraftInt8 { get; }

    public IDrafter Int4 { get; }

    /// <summary>Half of the target's layers.</summary>
    public IDrafter Early { get; }

    public IDrafter Lookup { get; }

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

    public void Dispose() => held.ForEach(one => one.Dispose());

    private T Keep<T>(T one) where T : IDisposable
    {
        held.Add(one);
        return one;
    }
}
