using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Exercises;

/// <summary>Right decoders of many makes pass every check and wrong ones fail some, whatever the seed: a verdict is no draw.</summary>
public sealed class LoopVariantTests
{
    private static readonly Exercise Loop = Exercise.Named("loop");

    public static TheoryData<string> Names => [.. LoopVariant.All.Select(variant => variant.Name)];

    [Fact]
    public void There_are_forty_and_thirteen_of_them_are_right()
    {
        Assert.True(LoopVariant.All.Count >= 40);
        Assert.Equal(13, LoopVariant.All.Count(variant => variant.Right));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_variant_has_the_verdict_that_it_deserves(string name) => RequireVerdict(name, 1);

    [Theory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(Names))]
    public void It_has_it_under_twenty_seeds(string name)
    {
        for (ulong seed = 2; seed <= 20; seed++)
            RequireVerdict(name, seed);
    }

    private static void RequireVerdict(string name, ulong seed)
    {
        var variant = LoopVariant.All.Single(variant => variant.Name == name);
        var answer = new AnswerText(Loop.Filled(variant.Text, seed));
        // A wrong one is judged as soon as one check objects.
        var objections = new[] { Loop.Hidden, Loop.Visible }.SelectMany(suite => CheckRunner.Run(suite, answer, new(seed, "loop", "another"), TimeSpan.FromMinutes(5)))
            .Where(outcome => outcome.Verdict != Verdict.Passed).Select(outcome => $"seed {seed}, {outcome.Check}: {outcome.Verdict}: {outcome.What}");
        if (variant.Right)
            Assert.Empty(objections);
        else
            Assert.NotEmpty(objections.Take(1));
    }
}
