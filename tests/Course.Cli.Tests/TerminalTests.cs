using Course.Cli.Tests.Generating;

namespace Course.Cli.Tests;

/// <summary>Verbs with a live display or formatted text, in a terminal, where there are bars, bold letters and a width.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("course-terminal-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [LinuxFact]
    public void Training_shows_its_bars()
    {
        File.WriteAllText(
            Path.Combine(root, "book.txt"),
            string.Concat(Enumerable.Range(0, 400).Select(i => $"The cat number {i} saw {i * 7} birds and ran home.\n")));
        File.WriteAllText(
            Path.Combine(root, "held-out.txt"),
            string.Concat(
                Enumerable.Range(0, 40)
                    .Select(i => $"Once upon a time, a dog with {i} friends went to the park and played with them until it was dark.\n")));
        var ended = CourseProcess.RunInTerminal(
            100, "train", "--preset", "smoke", "--steps", "10", "--corpus", root, "--out", Path.Combine(root, "pair"));
        Assert.True(ended.ExitCode == 0, ended.Output);
        Assert.All(["seedling", "target", "draft"], model => Assert.Contains($"{model} step 10", ended.Output, StringComparison.Ordinal));
    }

    [LinuxFact]
    public void A_run_of_notebooks_shows_its_bars()
    {
        var notebook = Path.Combine(root, "one.ipynb");
        File.WriteAllText(notebook, TinyNotebook.Of("1 + 1"));
        var ended = CourseProcess.RunInTerminal(100, "run", notebook, "--out", Path.Combine(root, "out"));
        Assert.True(ended.ExitCode == 0, ended.Output);
        Assert.Contains("one.ipynb passed", ended.Output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void An_evaluation_shows_how_far_it_is()
    {
        var (model, text) = (TinyLlama2c.Write(root, TinyLlama2c.Groups), Path.Combine(root, "text.txt"));
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("Once upon a time. ", 20)));
        var ended = CourseProcess.RunInTerminal(100, "evaluate", "--model", model, "--text", text, "--window", "16");
        Assert.True(ended.ExitCode == 0, ended.Output);
        Assert.Contains("calibrating", ended.Output, StringComparison.Ordinal);
        Assert.Contains("int4/32 feedback", ended.Output, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_terminal_gets_prompt_text_and_speed_and_a_pipe_only_the_text()
    {
        var model = TinyLlama2c.Write(root);
        string[] line = ["generate", "--model", model, "--prompt", "Once upon", "--max-tokens", "5", "--temperature", "0"];
        var shown = CourseProcess.RunInTerminal(100, line).Output;
        Assert.Contains("Once upon", shown, StringComparison.Ordinal);
        Assert.Matches(@"5 tokens · \d+ tokens/s · the first after .+ · .+ of weights", shown);

        var piped = CourseProcess.Run(line);
        Assert.Equal("", piped.Error);
        Assert.DoesNotContain("tokens/s", piped.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Once upon", piped.Output, StringComparison.Ordinal);
    }
}
