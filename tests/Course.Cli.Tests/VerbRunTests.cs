using Course.Cli.Tests.Generating;
using Course.TakeHome.Grading.Reports;

namespace Course.Cli.Tests;

/// <summary>Runs every verb with every option in its help, on models, texts and folders so small that it takes seconds.</summary>
public sealed class VerbRunTests : IDisposable
{
    private const string Pair = "--preset smoke --steps 2 --out {dir}/pair --corpus {dir}/corpus --device cpu";

    /// <summary>The command lines that are run, in order, within this process; {dir} is the test's own folder.</summary>
    private static readonly Dictionary<string, string[]> Runs = new()
    {
        ["generate"] =
        [
            "generate --model {model} --prompt ab --max-tokens 3 --temperature 0.8 --top-k 5 --top-p 0.9 --min-p 0.01 --seed 4 --device " +
            "cpu --precision float32 --backend fused --decoder naive --stop zz --json",
            "generate --model {model} --prompt-file {dir}/text.txt --speculate lookup --gamma 2 --origins --max-tokens 4",
            "generate --model {model} --speculate lookup --tree 2-1 --max-tokens 4 --verbose",
        ],
        ["evaluate"] = [
            "evaluate --model {wide} --text {dir}/text.txt --window 16 --windows 2 --seed 3 --device cpu --json",
            "evaluate --model {wide} --text {dir}/text.txt --window 16 --windows 1"
        ],
        ["export"] = [
            "export --model {wide} --format gguf --type q4_0 --calibrate --out {dir}/wide.gguf",
            "generate --model {dir}/wide.gguf --max-tokens 2"
        ],
        ["bench"] =
        [
            "bench decode --quick --samples 1 --out {dir}/benchmarks",
            "bench speculate --quick --section large --out {dir}/benchmarks",
            "bench peers --quick --rounds 1 --samples 1 --peer {dir}/peer --out {dir}/benchmarks",
        ],
        ["interview"] =
        [
            "interview start Ada --session {dir}/s.json --rubric {rubric} --report {dir}/report.json",
            "interview tick filter-3-cpu filter-4-overload --session {dir}/s.json --rubric {rubric}",
            "interview tick filter-3-cpu --off --session {dir}/s.json --rubric {rubric}",
            "interview note asks about load --session {dir}/s.json --rubric {rubric}",
            "interview followups --count 2 --session {dir}/s.json --rubric {rubric}",
            "interview answer why-not-p-again good --remark well --session {dir}/s.json --rubric {rubric}",
            "interview show --session {dir}/s.json --rubric {rubric}",
            "interview export --out {dir}/card --session {dir}/s.json --rubric {rubric}",
        ],
        ["kernel"] = [
            "kernel install --prefix {dir}/env --replace", "kernel uninstall --prefix {dir}/env", "kernel uninstall --prefix {dir}/env"
        ],
        ["mutants"] = ["mutants --card threshold"],
        ["run"] = ["run {dir}/notebooks --quick --output {dir}/out --device cpu --timeout 300", "clean {dir}/out/notebooks/one.ipynb"],
        ["take-home"] =
        [
            "take-home new {dir}/exam --seed 5 --minutes 60",
            "take-home hint rejection --folder {dir}/exam",
            "take-home reset rejection --folder {dir}/exam",
            "take-home status --folder {dir}/exam",
            "take-home pack {dir}/ada.zip --folder {dir}/exam",
            "take-home grade {dir}/ada.zip --seed ada=5 --salt a1b2 --candidates {dir}/candidates.json --out " +
            "{dir}/reports --parallel 1 --unsafe-no-sandbox",
        ],
        ["train"] =
        [
            $"train tokenizer {Pair}",
            $"train seedling --seed 5 --rate 0.5 {Pair}",
            $"train target --from {{dir}}/pair/seedling {Pair}",
            $"train draft --half-products {Pair}",
            $"train draft --resume {Pair}",
            $"train evaluate {Pair}",
            $"train card {Pair}",
        ],
        ["doctor"] = ["doctor"],
    };

    /// <summary>Command lines that are not run here: where they are run, or why they are only parsed.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["bench decode --cached 8"] = "the large model takes a minute",
        ["bench peers --cached 8"] = "the large model takes a minute",
        ["bench speculate --samples 1"] = "the large model takes a minute",
        ["clean --filter"] = "git speaks to it: CleanVerbTests",
        ["kernel install --user"] = $"{nameof(ReadmeTests)} runs it in a home of its own",
        ["kernel uninstall --user"] = "writes where install writes",
        ["kernel start --connection-file x"] = $"{nameof(EndingTests)} serves with it",
        ["lab --no-browser --port 8899"] = $"{nameof(ReadmeTests)} runs it with a Jupyter that only says how it was called",
        ["mutants --json"] = $"{nameof(MutantsVerbTests)} has the matrix",
        ["take-home check loop --folder x"] = "WholePathTests builds and checks",
        ["take-home notebooks"] = "writes into the repository; a test of Course.TakeHome holds what it writes to what lies there",
        ["train corpus"] = "the bundled target takes minutes to write one; StorySamplerTests has one that another model writes",
        ["train --preset smoke"] = $"{nameof(ReadmeTests)} runs all steps",
    };

    private readonly string root = Directory.CreateTempSubdirectory("course-verbs-").FullName;
    private readonly Dictionary<string, string> names;

    public VerbRunTests()
    {
        foreach (var folder in new[] { "narrow", "wide", "corpus", "notebooks" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        names = new()
        {
            ["{dir}"] = root,
            ["{model}"] = TinyLlama2c.Write(Path.Combine(root, "narrow")),
            ["{wide}"] = TinyLlama2c.Write(Path.Combine(root, "wide"), TinyLlama2c.Groups),
            ["{rubric}"] = Path.Combine(RepositoryRoot.Find(), "data", "rubric"),
        };
        Write("text.txt", string.Concat(Enumerable.Repeat("Once upon a time. ", 3)));
        Write(
            "corpus/book.txt",
            string.Concat(Enumerable.Range(0, 400).Select(i => $"The cat number {i} saw {i * 7} birds and ran home.\n")));
        Write(
            "corpus/held-out.txt",
            string.Concat(
                Enumerable.Range(0, 40)
                    .Select(i => $"Once upon a time, a dog with {i} friends went to the park and played with them until it was dark.\n")));
        Write(
            "report.json",
            new GradeReport(GradeReport.CurrentVersion, "ada.zip", "", GradeStatus.Graded, "none", 1, true, "", [], []).ToJson());
        Write("notebooks/one.ipynb", TinyNotebook.Of("1 + 1"));
        Write("peer", "#!/bin/sh\nfor m in 1 2 5 8; do echo \"{\\\"m\\\":$m,\\\"median_ms\\\":1.5}\"; done\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(root, "peer"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public static TheoryData<string> Scenarios => [.. Runs.Keys];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task A_verb_does_with_its_options_what_its_help_says(string scenario)
    {
        foreach (var line in Runs[scenario].Where(
            line => !line.Contains("{dir}/peer", StringComparison.Ordinal) || !OperatingSystem.IsWindows()))
            Assert.True(await CourseCommand.RunAsync(Arguments(line)) == 0, line);
    }

    [Fact]
    public void Every_verb_and_every_option_of_the_help_is_run_by_a_test()
    {
        var parsed = Runs.Values.SelectMany(lines => lines).Concat(Elsewhere.Keys)
            .Select(line => CourseCommand.Build().Parse(Arguments(line), CourseCommand.Parsing)).ToArray();
        Assert.All(parsed, line => Assert.Empty(ParseErrors.Of(line)));
        var said = parsed
            .SelectMany(line => line.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal))
                .Select(token => $"{ParseErrors.Path(line)} {token.Value}").Prepend(ParseErrors.Path(line)))
            .ToHashSet();

        // An option that the steps of a verb share is used with one of them.
        var missing = VerbTree.All().SelectMany(verb => verb.Command.Options
            .Where(option => !option.Aliases.Prepend(option.Name).Any(name => said.Any(one =>
                one.StartsWith($"course {verb.Path}", StringComparison.Ordinal) && one.EndsWith($" {name}", StringComparison.Ordinal))))
            .Select(option => $"{verb.Path} {option.Name}")
            .Concat(verb.Command.Subcommands.Count > 0 || said.Contains($"course {verb.Path}") ? Array.Empty<string>() : [verb.Path]));
        Assert.Empty(missing);
    }

    [Fact]
    public async Task A_folder_that_holds_a_run_is_left_as_it_is()
    {
        Write("pair/target/tokenizer.json", "mine");
        Write("pair/runs/target/state.json", "{}");
        Assert.Equal(1, await CourseCommand.RunAsync(Arguments($"train {Pair}")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(root, "pair", "target", "tokenizer.json")));
    }

    [Fact]
    public async Task A_missing_notebook_is_reported_before_any_is_run()
    {
        Assert.Equal(1, await CourseCommand.RunAsync(Arguments("run {dir}/notebooks/one.ipynb {dir}/two.ipynb --out {dir}/out")));
        Assert.False(Directory.Exists(Path.Combine(root, "out")));
    }

    [Fact]
    public void An_option_that_quick_chooses_is_refused_beside_it() => Assert.Contains(
        "--cached and --quick",
        Assert.Throws<CourseException>(
            () => CourseCommand.Build().Parse("bench decode --cached 8 --quick").Invoke(CourseCommand.Invocation)).Message,
            StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string[] Arguments(string line) => [
        .. line.Split(' ')
        .Select(part => names.Aggregate(part, (text, name) => text.Replace(name.Key, name.Value, StringComparison.Ordinal)))
    ];

    private void Write(string name, string text)
    {
        var path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
