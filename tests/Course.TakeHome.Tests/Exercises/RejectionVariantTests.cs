using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Exercises;

/// <summary>Correct rules that differ from the reference: none is taken for an endless loop, none fails by rounding.</summary>
public sealed class RejectionVariantTests
{
    private const string Rule = "randomness.Accept(Math.Min(1, target[guess] / draft[guess]))";
    private const string Fresh = "return new(randomness.Draw(LeftOver(target, draft)), false);";

    private static readonly Exercise Rejection = Exercise.Named("rejection");

    [Theory]
    [InlineData(Rule, "randomness.Accept(Math.Min(1, target[guess] / (draft[guess] + 1e-10)))")]
    [InlineData(Rule, "randomness.Accept(Math.Min(1, (float)target[guess] / (float)draft[guess]))")]
    [InlineData(Rule, "(target[guess] >= draft[guess] || randomness.Accept(target[guess] / draft[guess]))")]
    [InlineData("return [.. weights.Select(w => w / sum)];", "return [.. weights.Select(w => (double)(float)(w / sum))];")]
    public void Rounding_of_single_precision_and_small_constants_pass(string find, string replacement) => RequireRight(find, replacement);

    [Fact]
    [Trait("Speed", "Slow")]
    public void Redrawing_until_a_token_fits_passes_although_it_has_no_last_branch() => RequireRight(Fresh, """
        if (LeftOver(target, draft).Max() is double.NaN || target.Zip(draft, (a, b) => Math.Max(0, a - b)).Sum() < 1e-9)
                    return new(randomness.Draw(target), false);
                while (true)
                {
                    int x = randomness.Draw(target);
                    if (randomness.Accept(Math.Max(0, target[x] - draft[x]) / target[x]))
                        return new(x, false);
                }
        """);

    [Fact]
    public void A_loop_that_never_accepts_is_reported_as_endless_and_not_enumerated_for_ever()
    {
        var text = Of(Fresh, "while (randomness.Draw(target) >= 0) { } return default;", 1);
        var outcome = CheckRunner.Run(Rejection.Visible, new AnswerText(text), new(1, "rejection"), TimeSpan.FromMinutes(1))
            .Single(outcome => outcome.Check == "replacement");
        Assert.Equal(Verdict.Failed, outcome.Verdict);
        Assert.Contains("never ends", outcome.What, StringComparison.Ordinal);
    }

    private static string Of(string find, string replacement, ulong seed) =>
        Rejection.Filled(new PlantedBug("", "", "", find, replacement).In(Rejection.Reference), seed);

    private static void RequireRight(string find, string replacement)
    {
        for (ulong seed = 1; seed <= 3; seed++)
            foreach (var suite in new[] { Rejection.Visible, Rejection.Hidden })
                Assert.DoesNotContain(
                    CheckRunner.Run(
                        suite, new AnswerText(Of(find, replacement, seed)), new(seed, "rejection", "another"), TimeSpan.FromMinutes(5)),
                    outcome => outcome.Verdict != Verdict.Passed);
    }
}
