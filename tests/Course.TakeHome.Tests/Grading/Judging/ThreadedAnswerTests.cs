using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading.Judging;

/// <summary>The two models are independent: an answer may use them from two threads at the same time.</summary>
public sealed class ThreadedAnswerTests
{
    private const string Loop = "        while (Left(text";

    private const string Prefill = """
                int[] known = [.. prompt.Take(prompt.Count - 1)];
                if (known.Length > 0)
                    System.Threading.Tasks.Parallel.Invoke(() => target.Forward(known, held), () => draft.Forward(known, drafting));

        """;

    [SandboxFact]
    [Trait("Speed", "Slow")]
    public void A_loop_that_prefills_both_models_in_parallel_passes_every_check()
    {
        var loop = Exercise.Named("loop");
        using var place = new Workplace();
        place.Put("Answers.dll", CompiledText.Bytes(
            new PlantedBug("", "", "", Loop, Prefill + Loop).In(loop.Reference),
            "public sealed class Adapter : Course.TakeHome.Contracts.IAdapter "
                + "{ public object AnswerTo(string exercise) => new SpeculativeDecoder(); }"));
        var processes = new CandidateProcess(DotnetSdk.Find(), new Bubblewrap());
        var run = new Judge(processes, TimeSpan.FromSeconds(10)).Check(loop, 31, "a salt", place, new(TimeSpan.FromMinutes(1)), default);
        Assert.Null(run.Trouble);
        Assert.Equal(loop.Visible.Checks.Count + loop.Hidden.Checks.Count, run.Outcomes.Count);
        Assert.DoesNotContain(run.Outcomes, judged => judged.Outcome.Verdict != Verdict.Passed);
    }
}
