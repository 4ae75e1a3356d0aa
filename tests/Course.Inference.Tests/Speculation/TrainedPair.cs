using Course.Inference.Models;
using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Speculation;

/// <summary>The pair that comes with the course, loaded once for a class of tests.</summary>
public sealed class TrainedPair : IDisposable
{
    public LlamaModel Target { get; } = Checkpoint.Load(Bundled.Target);

    public LlamaModel Draft { get; } = Checkpoint.Load(Bundled.Draft);

    public IReadOnlyList<int[]> Prompts { get; } = [.. Bundled.Openings.Select(opening => TokenizerFile.Load(Bundled.Target).EncodePrompt(opening).ToArray())];

    public void Dispose()
    {
        Target.Dispose();
        Draft.Dispose();
    }
}
