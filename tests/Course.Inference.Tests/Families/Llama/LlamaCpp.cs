using System.Diagnostics;
using System.Text.Json;
using Xunit.Abstractions;

namespace Course.Inference.Tests.Families.Llama;

/// <summary>Runs llama.cpp, a program that shares no code with this one.</summary>
internal static class LlamaCpp
{
    /// <summary>
    /// The collection of all tests that use llama.cpp: the first run builds the program, and two builds at once would overwrite each other.
    /// </summary>
    public const string OneAtATime = "llama.cpp";

    private const int ToolsOwnFailure = 2;

    public static string Script => SharedData.Path("tools", "llamacpp-peer", "peer");

    /// <summary>
    /// [V]: the logits after the last token. Null if the script could not fetch or build llama.cpp, for example without a network.
    /// </summary>
    public static double[]? Logits(string gguf, IEnumerable<int> tokens, ITestOutputHelper output) =>
        Ask(output, "logits", "2", gguf, string.Join(',', tokens))?.GetProperty("logits").Deserialize<double[]>();

    /// <summary>The tokens that llama.cpp chooses greedily.</summary>
    /// <inheritdoc cref="Logits"/>
    public static int[]? Greedy(string gguf, IEnumerable<int> tokens, int steps, ITestOutputHelper output) =>
        Ask(output, "greedy", "2", $"{steps}", gguf, string.Join(',', tokens))?.GetProperty("tokens").Deserialize<int[]>();

    private static JsonElement? Ask(ITestOutputHelper output, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Script, .. arguments])
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
            return JsonDocument.Parse(answer.Result).RootElement;
        output.WriteLine($"Not compared: llama.cpp is not to be had here. {complaint.Result}");
        return null;
    }
}

/// <summary>
/// A test that runs llama.cpp through <c>../shared/tools/llamacpp-peer</c>, which needs npm and gcc; skipped without them.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LlamaCppFactAttribute : FactAttribute
{
    public LlamaCppFactAttribute() => Skip = LlamaCppNeeds.Missing;
}

/// <inheritdoc cref="LlamaCppFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LlamaCppTheoryAttribute : TheoryAttribute
{
    public LlamaCppTheoryAttribute() => Skip = LlamaCppNeeds.Missing;
}

internal static class LlamaCppNeeds
{
    public static string? Missing =>
        SharedData.Folder is null || !File.Exists(LlamaCpp.Script) ? "needs shared/tools/llamacpp-peer beside the repository"
        : !IsOnPath("npm") || !IsOnPath("gcc") ? "needs npm and gcc" : null;

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
