using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Exercises;

/// <summary>Correct decoders of many kinds pass every check and wrong ones fail some, whatever the seed: verdicts are not random.</summary>
public sealed class LoopVariantTests
{
    private static readonly Exercise Loop = Exercise.Named("loop");

    /// <summary>If set to 1, the slow suite tests every variant with all twenty seeds: an hour instead of minutes.</summary>
    private const string EverySeedVariable = "COURSE_EVERY_SEED";

    private const ulong Seeds = 20;

    public static TheoryData<string> Names => [.. LoopVariant.All.Select(variant => variant.Name)];

    public static TheoryData<string> Wrong => [.. LoopVariant.All.Where(variant => !variant.Right).Select(variant => variant.Name)];

    [Fact]
    public void There_are_forty_variants_and_fourteen_of_them_are_correct()
    {
        Assert.True(LoopVariant.All.Count >= 40);
        Assert.Equal(14, LoopVariant.All.Count(variant => variant.Right));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_variant_fails_a_check(string name) => RequireVerdict(name, 1);

    /// <summary>Tests with the first seed and one more, which differs between variants.</summary>
    [Theory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(Names))]
    public void A_variant_has_its_verdict_whatever_the_seed(string name)
    {
        var number = (ulong)LoopVariant.All.Select(variant => variant.Name).ToList().IndexOf(name);
        var all = Environment.GetEnvironmentVariable(EverySeedVariable) == "1";
        ulong[] seeds = all ? [.. Enumerable.Range(1, (int)Seeds).Select(seed => (ulong)seed)] : [1, 2 + (number % (Seeds - 1))];
        foreach (var seed in seeds)
            RequireVerdict(name, seed);
    }

    [Fact]
    public void A_distribution_too_large_to_enumerate_is_sampled_and_the_outcome_says_so()
    {
        var check = Loop.Hidden.Checks.Single(check => check.Name == "law with a stop token");
        CheckOutcome Asked(string name) =>
            CheckRunner.Run(Loop.Hidden, check, Answer(name, 1), new(1, "loop", "another"), TimeSpan.FromMinutes(5));
        Assert.Equal((Verdict.Passed, ""), (Asked("reference").Verdict, Asked("reference").Remark));
        var padded = Asked("asks-idle-questions");
        Assert.Equal(Verdict.Passed, padded.Verdict);
        Assert.Contains("texts were sampled", padded.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_correct_rule_that_accepts_fewer_draft_tokens_than_it_could_is_remarked_on_and_the_best_one_is_not()
    {
        string[] Remarks(string name) => [.. CheckRunner.Measure(Loop.Hidden, [], Answer(name, 1), new(1, "loop", "another")).Lines];
        Assert.Empty(Remarks("reference"));
        Assert.Contains(
            "fewer draft tokens are accepted than could be", Assert.Single(Remarks("fresh-sample-agrees")), StringComparison.Ordinal);
    }

    private static AnswerText Answer(string name, ulong seed) =>
        new(Loop.Filled(LoopVariant.All.Single(variant => variant.Name == name).Text, seed));

    private static void RequireVerdict(string name, ulong seed)
    {
        var variant = LoopVariant.All.Single(variant => variant.Name == name);
        var answer = Answer(name, seed);
        // For a wrong variant one failed check is enough.
        var objections = new[] { Loop.Hidden, Loop.Visible }
            .SelectMany(suite => CheckRunner.Run(suite, answer, new(seed, "loop", "another"), TimeSpan.FromMinutes(5)))
            .Where(outcome => outcome.Verdict != Verdict.Passed)
            .Select(outcome => $"seed {seed}, {outcome.Check}: {outcome.Verdict}: {outcome.What}");
        if (variant.Right)
            Assert.Equal("", string.Join('\n', objections)); // as one text, because a list would be shortened
        else
            Assert.NotEmpty(objections.Take(1));
    }
}
