using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Exercises;

public sealed class ExerciseTests
{
    private const ulong Seed = 7;

    public static TheoryData<string> Ids => [.. Exercise.All.Select(exercise => exercise.Id)];

    public static IEnumerable<object[]> Bugs =>
        Exercise.All.SelectMany(exercise => exercise.Bugs.Select(bug => new object[] { exercise.Id, bug.Name }));

    private static CheckOutcome[] Outcomes(CheckSuite suite, string text, ulong seed, string trial = Variation.Visible) =>
        [.. CheckRunner.Run(suite, new AnswerText(text), new(seed, suite.Exercise, trial), TimeSpan.FromMinutes(2))];

    private static IEnumerable<string> Objections(IEnumerable<CheckOutcome> outcomes) =>
        outcomes.Where(outcome => outcome.Verdict != Verdict.Passed)
            .Select(outcome => $"{outcome.Check}: {outcome.Verdict}: {outcome.What}");

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_stub_is_unfinished_and_says_of_which_exercise(string id)
    {
        var exercise = Exercise.Named(id);
        Assert.All(Outcomes(exercise.Visible, exercise.StubFor(Seed), Seed), outcome =>
        {
            Assert.Equal(Verdict.Unfinished, outcome.Verdict);
            Assert.Contains($"xercise {id}", outcome.What, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_reference_passes_what_is_visible_and_what_is_hidden_under_many_seeds(string id)
    {
        var exercise = Exercise.Named(id);
        for (ulong seed = 1; seed <= 6; seed++)
        {
            Assert.Empty(Objections(Outcomes(exercise.Visible, exercise.ReferenceFor(seed), seed)));
            Assert.Empty(Objections(Outcomes(exercise.Visible, exercise.ReferenceFor(seed), seed, "another")));
            Assert.Empty(Objections(Outcomes(exercise.Hidden, exercise.ReferenceFor(seed), seed, "another")));
        }
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_fails_the_check_that_names_its_mechanism(string id, string name)
    {
        var exercise = Exercise.Named(id);
        var bug = exercise.Bugs.Single(bug => bug.Name == name);
        for (var seed = Seed; seed < Seed + 2; seed++)
        {
            var outcomes = Outcomes(exercise.Visible, exercise.Filled(bug.In(exercise.Reference), seed), seed);
            var named = outcomes.Single(outcome => outcome.Check == bug.Check);
            Assert.True(named.Verdict != Verdict.Passed,
                $"Seed {seed}: {bug.Name} must fail at \"{bug.Check}\", and failed at: {string.Join("; ", Objections(outcomes))}.");
            Assert.All(new[] { named.What, named.Why, named.Where }, text => Assert.True(text.Length > 5));
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_visible_check_is_failed_by_some_bug(string id)
    {
        var exercise = Exercise.Named(id);
        Assert.Equal(
            exercise.Visible.Checks.Select(check => check.Name).Order(), exercise.Bugs.Select(bug => bug.Check).Distinct().Order());
    }
}
