using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Course.Cli.Tests.Generating;
using Course.TakeHome.Sandboxing;

namespace Course.Cli.Tests;

/// <summary>Every command in README does what README says, in a folder of its own and with the files that come with the course.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    /// <summary>Commands that are run as written.</summary>
    private static readonly string[] AsWritten =
    [
        "doctor", "export", "generate", "kernel install", "kernel uninstall", "lab", "mutants", "take-home new", "take-home grade",
        "interview start", "interview followups", "interview tick", "interview note", "interview answer", "interview show",
        "interview export",
    ];

    /// <summary>
    /// Commands that are run with additional options that make them short. Null: only parsed here, and run by another test or by CI.
    /// </summary>
    private static readonly Dictionary<string, string?> Bounded = new()
    {
        ["clean"] = null, // works on the repository's own notebooks: CleanVerbTests
        ["run"] = null, // minutes: CI runs all notebooks, Course.Notebooks.Tests some
        ["bench decode"] = "--quick --samples 1",
        ["bench speculate"] = "--quick --section copying",
        ["bench peers"] = null, // wants a llama.cpp; VerbRunTests has one that only answers
        ["evaluate"] = $"--windows 1 --window 16 --model {TinyModel}", // the bundled one: a slow test below
        ["train"] = "--out pair --steps 2",
    };

    private const string TinyModel = "tiny/model.bin";

    private readonly string root = Directory.CreateTempSubdirectory("course-readme-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void All_of_them_are_understood()
    {
        Assert.True(Inline().Count() > 10);
        foreach (var line in Inline().Concat(InBlocks()))
            Assert.True(ParseErrors.Of(Parsed(line)).Count == 0, line);
    }

    [Fact]
    public void Those_of_the_table_do_what_they_say() => RunAll(Inline());

    [Fact]
    [Trait("Speed", "Slow")]
    public void An_evaluation_of_the_bundled_model_needs_nothing_but_the_clone() => Course("evaluate", "--windows", "1");

    [Fact]
    public void Those_of_an_interview_follow_each_other() => RunAll(InBlocks());

    private void RunAll(IEnumerable<string> lines)
    {
        TinyLlama2c.Write(Directory.CreateDirectory(Path.Combine(root, Path.GetDirectoryName(TinyModel)!)).FullName, TinyLlama2c.Groups);
        foreach (var line in lines)
        {
            var (arguments, path) = (Arguments(line), ParseErrors.Path(Parsed(line))["course ".Length..]);
            Assert.True(AsWritten.Contains(path) || Bounded.ContainsKey(path), $"Say here how README's `{line}` is run.");
            if (Bounded.TryGetValue(path, out var options) && options is null)
                continue;
            if (path == "take-home grade")
                Course("take-home", "pack", "ada.zip", "--folder", Path.Combine("out", "ada"));
            Course(
                [
                    .. arguments, .. options?.Split(' ') ?? [],
                    .. path == "take-home grade" && Bubblewrap.WhyNot() is not null ? ["--unsafe-no-sandbox"] : Array.Empty<string>()
                ]);
        }
    }

    /// <summary>Runs a command with its own home folder, and a Jupyter that only prints how it was called.</summary>
    private void Course(params string[] arguments)
    {
        var jupyter = Path.Combine(root, "jupyter");
        File.WriteAllText(jupyter, "#!/bin/sh\n[ \"$1\" = kernelspec ] && echo '{\"kernelspecs\": {}}' || echo \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(jupyter, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        var path = $"{root}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        using var course = CourseProcess.Start(arguments, root, [("PATH", path), ("JUPYTER_DATA_DIR", Path.Combine(root, "jupyter-data"))]);
        var ended = course.End();
        Assert.True(ended.ExitCode == 0, $"course {string.Join(' ', arguments)} ended with {ended.ExitCode}:\n{ended.Output}{ended.Error}");
    }

    private static System.CommandLine.ParseResult Parsed(string line) =>
        CourseCommand.Build().Parse(Arguments(line), CourseCommand.Parsing);

    private static string[] Arguments(string line) => [.. CommandLineParser.SplitCommandLine(line)];

    private static string Text => File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "README.md"));

    private static IEnumerable<string> Inline() =>
        InlineCommand().Matches(Block().Replace(Text, "")).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> InBlocks() =>
        Block().Matches(Text).SelectMany(block => BlockCommand().Matches(block.Value)).Select(match => match.Groups[1].Value);

    [GeneratedRegex("`course ([^`]+)`")]
    private static partial Regex InlineCommand();

    // Text after several blanks is an explanation.
    [GeneratedRegex(@"^(?:course|dotnet run -c Release --project lib/Course\.Cli --) (.+?)(?:  .*)?$", RegexOptions.Multiline)]
    private static partial Regex BlockCommand();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
