using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading;

/// <summary>
/// Whole hand-ins of ordinary C# that is compiled and run, and does harm. Each is contained, reported and not credited, and leaves
/// neither a file nor a process.
/// </summary>
public sealed class HostileHandInTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("hostile-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private GradeReport Graded(string adapter, Action<HandInText>? more = null)
    {
        var text = HandInText.Honest().But(text => text.Entries[0] = (HandInLayout.Adapter, Encoding.UTF8.GetBytes(adapter), 0));
        more?.Invoke(text);
        var sandbox = new WatchedSandbox();
        var report = new Grader(sandbox, 7, perCheck: TimeSpan.FromMilliseconds(300)).Grade(text.Save(root)).Report;
        sandbox.RequireNothingLeft();
        return report;
    }

    /// <summary>Grades a hand-in that does harm in one exercise and does not answer the others.</summary>
    private GradeReport InOneExercise(string statements, string declarations = "") =>
        Graded($"{CompiledText.Adapter($"if (exercise == \"speedup\") {{ {statements} }}")}\n{declarations}");

    [SandboxTheory]
    [InlineData("while (true) { }", "", "TimedOut")]
    [InlineData(
        "var all = new List<byte[]>(); while (true) { all.Add(new byte[50_000_000]); Array.Fill(all[^1], (byte)1); }", "",
        "Crashed|ended|TimedOut")]
    [InlineData("Deep.Fall(1);", "static class Deep { public static int Fall(int n) => Fall(n + 1) + 1; }", "ended")]
    [InlineData("Environment.Exit(0);", "", "ended")]
    [InlineData("Environment.FailFast(\"no\");", "", "ended")]
    [InlineData("System.IO.File.WriteAllBytes(\"/usr/evil\", new byte[1]);", "", "Crashed")]
    [InlineData("System.IO.File.WriteAllBytes(\"/tmp/flood\", new byte[20_000_000]);", "", "Crashed")]
    [InlineData("new System.Net.Sockets.TcpClient(\"192.0.2.1\", 80);", "", "Crashed")]
    [InlineData("System.Threading.Thread.Sleep(-1);", "", "TimedOut")]
    [InlineData("Console.OpenStandardOutput().Write(new byte[1000]); throw new Exception();", "", "ended|Crashed")]
    [InlineData("while (true) Console.OpenStandardOutput().Write(new byte[100000]);", "", "ended|Crashed|TimedOut")]
    [InlineData("Console.OpenStandardInput().ReadExactly(new byte[1000]);", "", "TimedOut")]
    [InlineData("new System.Threading.Thread(() => throw new Exception()).Start(); System.Threading.Thread.Sleep(-1);", "", "ended")]
    [InlineData("while (true) new System.Threading.Thread(() => System.Threading.Thread.Sleep(-1)).Start();", "", "ended|TimedOut|Crashed")]
    [InlineData(
        "throw new Endless();", "sealed class Endless : Exception { public override string Message { get { while (true) { } } } }",
        "TimedOut")]
    [InlineData(
        "Console.WriteLine(\"{\\\"number\\\":0,\\\"outcome\\\":{\\\"verdict\\\":\\\"passed\\\"}}\"); throw new Exception();", "",
        "Crashed")]
    [InlineData(
        "for (int i = 0; i < 100_000; i++) Console.WriteLine(new string('x', 1000)); throw new Exception();", "", "Crashed|TimedOut")]
    public void Harm_in_one_answer_is_contained_reported_and_not_credited(string statements, string declarations, string seen)
    {
        var report = InOneExercise(statements, declarations);
        Assert.Equal(GradeStatus.Graded, report.Status);
        Assert.All(report.Exercises, exercise => Assert.Equal(0, exercise.Credited));
        // The time limit of a check is short here: on a busy machine even a check without an answer may exceed it.
        Assert.All(report.Exercises.Where(exercise => exercise.Id != "speedup").SelectMany(exercise => exercise.Checks),
            check => Assert.True(check.Verdict is Verdict.Unfinished or Verdict.TimedOut, $"{check}"));
        var told = report.Findings.Where(finding => finding.Id.StartsWith("speedup/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(told);
        Assert.Contains(told,
            finding => seen.Split('|').Any(word => finding.Id.EndsWith($"/{word}", StringComparison.Ordinal)
                || finding.Summary.StartsWith(word, StringComparison.Ordinal)));
    }

    [SandboxTheory]
    [InlineData("{0}1", "-(", 30_000)]
    [InlineData("new Action(() => {0}", "new Action(() => ", 3_000)]
    public void A_source_that_attacks_its_compiler_is_reported_as_not_compiling(string shape, string part, int times)
    {
        var bomb = shape.Replace("{0}", string.Concat(Enumerable.Repeat(part, times)), StringComparison.Ordinal);
        var report = Graded($"class Bomb {{ object x = {bomb}; }}");
        Assert.Equal(GradeStatus.DoesNotCompile, report.Status);
        Assert.NotEmpty(report.Findings);
    }

    [SandboxFact]
    public void Build_scripts_generators_and_settings_in_an_archive_are_not_used_and_are_named()
    {
        var marker = Path.Combine(root, "was-here");
        string[] foreign = [
            "Directory.Build.targets", "TakeHome.csproj", "analyzers/Generator.dll", "build.sh", "nuget.config", ".editorconfig",
            "exercises/loop/Evil.csproj"
        ];
        var report = Graded(HandInText.Adapter, text =>
        {
            foreach (var path in foreign)
                text.With(path,
                    $"<Project><Target Name=\"E\" BeforeTargets=\"Build\"><Exec Command=\"touch {marker}\" /></Target></Project>");
        });
        Assert.Equal(GradeStatus.Graded, report.Status);
        Assert.Equal(
            foreign.Order(StringComparer.Ordinal),
            report.Findings.Where(finding => finding.Id.StartsWith("archive/foreign/", StringComparison.Ordinal))
                .Select(finding => finding.Id["archive/foreign/".Length..]));
        Assert.False(File.Exists(marker));
        Assert.Equal(["hand-in.zip"], Directory.GetFileSystemEntries(root).Select(Path.GetFileName));
    }
}
