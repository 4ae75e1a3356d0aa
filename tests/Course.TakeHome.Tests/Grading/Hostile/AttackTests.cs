using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Sandboxing;
using Course.TakeHome.Tests.Sandboxing;

namespace Course.TakeHome.Tests.Grading.Hostile;

/// <summary>No attack on the judge gets the credit that it is after.</summary>
public sealed class AttackTests
{
    private const string Salt = "a salt";

    private static readonly DotnetSdk Sdk = DotnetSdk.Find();

    public static TheoryData<string> Names => [.. Attack.All.Where(attack => attack.Exercise != "tests").Select(attack => attack.Name)];

    public static TheoryData<string> Suites => [.. Attack.All.Where(attack => attack.Exercise == "tests").Select(attack => attack.Name)];

    [Fact]
    public void There_are_at_least_fifty_attacks_with_different_names()
    {
        Assert.True(Attack.All.Count >= 50, $"{Attack.All.Count}");
        Assert.Distinct(Attack.All.Select(attack => attack.Name));
    }

    [SandboxTheory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(Names))]
    public void An_attack_is_not_credited(string name)
    {
        var attack = Attack.All.Single(attack => attack.Name == name);
        using var place = Place(attack);
        var sandbox = new WatchedSandbox();
        var run = new Judge(new(Sdk, sandbox), TimeSpan.FromSeconds(2)).Check(
            Exercise.Named(attack.Exercise), Attack.Seed, Salt, place, new(TimeSpan.FromSeconds(20)), default);
        var passed = run.Outcomes.Where(judged => judged.Outcome.Verdict == Verdict.Passed).Select(judged => judged.Outcome.Check)
            .ToHashSet();
        if (attack.FailsAt.Length > 0)
            Assert.DoesNotContain(attack.FailsAt, passed);
        else
            Assert.DoesNotContain(passed, check => Credit.IsGiven(attack.Exercise, check, passed));
        Assert.NotEmpty(run.Outcomes);
    }

    [SandboxTheory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(Suites))]
    public void A_suite_that_does_not_look_at_the_decoders_is_right_about_them_by_luck_alone(string name)
    {
        var attack = Attack.All.Single(attack => attack.Name == name);
        using var place = Place(attack);
        var processes = new CandidateProcess(Sdk, new Bubblewrap());
        var run = new Judge(processes, TimeSpan.FromSeconds(2)).Check(
            Exercise.Named("tests"), Attack.Seed, Salt, place, new(TimeSpan.FromSeconds(20)), default);
        var passed = run.Outcomes.Where(judged => judged.Outcome.Verdict == Verdict.Passed).Select(judged => judged.Outcome.Check)
            .ToHashSet();
        var grade = new SuspectGrading(new(processes, TimeSpan.FromSeconds(2)), new(new(Sdk, new Bubblewrap()))).Grade(
            Exercise.Named("tests"), Salt, place, [], new(TimeSpan.FromSeconds(20)), default)!;
        Assert.False(passed.Count == run.Outcomes.Count && grade.Killed == grade.Planted && grade.Flagged == 0);
        Assert.True(grade.Killed < grade.Planted || grade.Flagged > 0);
    }

    private static Workplace Place(Attack attack)
    {
        var place = new Workplace();
        var contract = CheckSuite.Visible.Single(suite => suite.Exercise == attack.Exercise).Contract.Name;
        var answer = contract[1..]; // every attack names its class after the contract
        place.Put("Answers.dll", CompiledText.Bytes(attack.Text,
            "public sealed class Adapter : Course.TakeHome.Contracts.IAdapter "
                + $"{{ public object AnswerTo(string exercise) => new {answer}(); }}"));
        return place;
    }
}
