using System.Diagnostics;
using System.Text.Json;
using Course.Inference.Models;
using Xunit.Abstractions;

namespace Course.Inference.Tests.Models;

/// <summary>llama.cpp, a program that shares nothing with this one, on the same weights.</summary>
public class LlamaCppTests(ITestOutputHelper output)
{
    private const int ToolsOwnFailure = 2;

    /// <summary>llama.cpp itself is 4e-3 away from double precision here.</summary>
    private const double Tolerance = 1e-2;

    [LlamaCppFact]
    public void Logits_agree_with_llama_cpp()
    {
        using var model = Checkpoint.Load(Llama2cModel.Path);
        foreach (var tokens in (int[][])[[1], [1, 403, 407, 261], [1, .. SmallModel.RandomTokens(Llama2cModel.Shape, 40)]])
        {
            if (Peer(tokens) is not { } expected)
                return;
            LogitsAssert.Near(expected, model.Forward(TokenBatch.Of(tokens)).Last(), $"after {tokens.Length} tokens", Tolerance);
        }
    }

    /// <summary>Null where the script could not fetch or build llama.cpp, which without a network it cannot.</summary>
    private double[]? Peer(int[] tokens)
    {
        var gguf = SharedData.Path("data", "models", "stories260K", "stories260K.gguf");
        using var process = Process.Start(new ProcessStartInfo("bash", [LlamaCppFactAttribute.Script, "logits", "2", gguf, string.Join(',', tokens)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (answer, complaint) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        Assert.True(process.ExitCode != ToolsOwnFailure, complaint.Result);
        if (process.ExitCode == 0)
            return JsonDocument.Parse(answer.Result).RootElement.GetProperty("logits").Deserialize<double[]>();
        output.WriteLine($"Not compared: llama.cpp is not to be had here. {complaint.Result}");
        return null;
    }
}

/// <summary>A test that runs llama.cpp through <c>../shared/tools/llamacpp-peer</c>, which needs npm and gcc; skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LlamaCppFactAttribute : FactAttribute
{
    public LlamaCppFactAttribute()
    {
        if (SharedData.Folder is null || !File.Exists(Script))
            Skip = "needs shared/tools/llamacpp-peer beside the repository";
        else if (!IsOnPath("npm") || !IsOnPath("gcc"))
            Skip = "needs npm and gcc";
    }

    public static string Script => SharedData.Path("tools", "llamacpp-peer", "peer");

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
