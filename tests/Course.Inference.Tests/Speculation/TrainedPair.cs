using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama.Fused;

namespace Course.Inference.Tests.Speculation;

/// <summary>The pair that comes with the course, loaded once for a class of tests.</summary>
public sealed class TrainedPair : IDisposable
{
    public FusedLlamaModel Target { get; } = Load(Bundled.Target);

    public FusedLlamaModel Draft { get; } = Load(Bundled.Draft);

    public IReadOnlyList<int[]> Prompts { get; } = [.. Bundled.Openings.Select(opening => TokenizerFile.Load(Bundled.Target).EncodePrompt(opening).ToArray())];

    private static FusedLlamaModel Load(string path)
    {
        var (configuration, tensors) = Checkpoint.Read(path);
        return new(configuration, tensors);
    }

    public void Dispose()
    {
        Target.Dispose();
        Draft.Dispose();
    }
}
