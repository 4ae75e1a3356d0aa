using System.Text;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Grading.Running;

/// <summary>Compiles the suspects and the reference among them: once for all archives, for they are the same under every seed.</summary>
internal sealed class DecoderBuild(Compiler compiler)
{
    private readonly Lock building = new();
    private byte[]? assembly;

    public byte[] Assembly(CancellationToken cancel)
    {
        lock (building)
            return assembly ??= Build(cancel);
    }

    private byte[] Build(CancellationToken cancel)
    {
        using var place = new Workplace();
        var sources = Suspects.All.ToDictionary(suspect => $"{suspect.Namespace}.cs", suspect => Encoding.UTF8.GetBytes($"namespace {suspect.Namespace}\n{{\n{suspect.Text}\n}}\n"));
        var built = compiler.Run("Decoders", sources, place, cancel);
        return built.Errors.Count == 0 ? built.Assembly : throw new InvalidOperationException($"The decoders that tests are held to do not compile: {built.Errors[0]}");
    }
}
