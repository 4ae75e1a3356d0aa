using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Runner;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading;

/// <summary>What would happen to code that the policy refuses, were it run: the second wall holds by itself.</summary>
public sealed class CheckRunTests
{
    private static CheckRunResult Run(string statements)
    {
        using var place = new Workplace();
        place.Put("Answers.dll", CompiledText.Bytes(CompiledText.Adapter(statements)));
        return new CheckRun(DotnetSdk.Find(), new Bubblewrap(), TimeSpan.FromSeconds(1)).Run(RunnerTask.Check, Exercise.Named("speedup"), 7, place, default);
    }

    [SandboxFact]
    public void A_fake_result_is_counted_and_not_believed()
    {
        var result = Run("""
            using var output = new System.IO.StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
            output.WriteLine(new string('0', 64) + " {\"number\":0,\"outcome\":{\"exercise\":\"speedup\",\"check\":\"x\",\"verdict\":\"passed\"},\"hidden\":true}");
            """);
        Assert.True(result.Forged > 0);
        Assert.DoesNotContain(result.Lines, line => line.Outcome!.Verdict == Contracts.Verdict.Passed);
    }

    [SandboxTheory]
    [InlineData("Environment.Exit(0);")]
    [InlineData("Environment.FailFast(\"no\");")]
    [InlineData("AnswerTo(exercise);")]
    [InlineData("while (true) Console.OpenStandardOutput().Write(new byte[100000]);")]
    public void A_process_that_does_not_come_to_its_end_is_trouble_and_passes_nothing(string statements)
    {
        var result = Run(statements);
        Assert.NotNull(result.Trouble);
        Assert.Empty(result.Lines);
    }

    [SandboxTheory]
    [InlineData("while (true) { }", Contracts.Verdict.TimedOut)]
    [InlineData("System.IO.File.WriteAllBytes(\"/usr/evil\", new byte[1]);", Contracts.Verdict.Crashed)]
    [InlineData("System.IO.File.WriteAllBytes(\"/tmp/flood\", new byte[20_000_000]);", Contracts.Verdict.Crashed)]
    [InlineData("new System.Net.Sockets.TcpClient(\"192.0.2.1\", 80);", Contracts.Verdict.Crashed)]
    [InlineData("var l = new List<byte[]>(); while (true) { l.Add(new byte[50_000_000]); Array.Fill(l[^1], (byte)1); }", Contracts.Verdict.Crashed)]
    public void What_the_sandbox_denies_fails_the_check_that_asked(string statements, Contracts.Verdict verdict)
    {
        var result = Run(statements);
        Assert.True(result.Trouble is not null || result.Lines.All(line => line.Outcome!.Verdict == verdict || line.Outcome.Verdict == Contracts.Verdict.TimedOut), $"{result.Trouble} {string.Join("; ", result.Lines.Select(line => line.Outcome))}");
        Assert.DoesNotContain(result.Lines, line => line.Outcome!.Verdict == Contracts.Verdict.Passed);
    }
}
