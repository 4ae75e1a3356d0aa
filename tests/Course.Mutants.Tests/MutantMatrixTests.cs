using Course.Mutants.Checks;

namespace Course.Mutants.Tests;

public sealed class MutantMatrixTests
{
    public static TheoryData<string> Mutants => [.. SpeculationMutants.All.Select(mutant => mutant.Name)];

    public static TheoryData<string> Right => [.. CorrectVariants.All.Select(variant => variant.Name)];

    private static string[] Objections(Subject subject) =>
        [.. SpeculationChecks.All.Select(check => check.Objection(subject) is { } objection ? $"{check.Name}: {objection}" : null).OfType<string>()];

    [Theory]
    [MemberData(nameof(Mutants))]
    public void Every_planted_bug_is_found(string name) => Assert.NotEmpty(Objections(SpeculationMutants.All.Single(mutant => mutant.Name == name).Subject));

    [Theory]
    [MemberData(nameof(Right))]
    public void What_only_looks_wrong_is_left_alone(string name)
    {
        var variant = CorrectVariants.All.Single(variant => variant.Name == name);
        Assert.All(SpeculationChecks.All, check => Assert.Null(variant.Objection(check)));
    }

    [Fact]
    public void A_check_that_a_right_variant_is_spared_would_object_to_it() =>
        Assert.All(CorrectVariants.All.Where(variant => variant.Forgoes is not null), variant =>
            Assert.NotNull(SpeculationChecks.All.Single(check => check.Name == variant.Forgoes).Objection(variant.Subject)));

    [Fact]
    public void The_library_passes() => Assert.Empty(Objections(Subject.Right));

    [Fact]
    public void There_are_at_least_30_bugs_with_a_card_each_and_every_area_has_some()
    {
        Assert.True(SpeculationMutants.All.Count >= 30);
        Assert.Equal(SpeculationMutants.All.Count, SpeculationMutants.All.DistinctBy(mutant => mutant.Name).Count());
        Assert.All(SpeculationMutants.All, mutant => Assert.All(new[] { mutant.Wrong, mutant.Symptom, mutant.Tempting }, text => Assert.True(text.Length > 10)));
        Assert.Equal(Enum.GetValues<Area>(), SpeculationMutants.All.Select(mutant => mutant.Area).Distinct().Order());
    }

    [Fact]
    public void Every_check_is_needed_by_some_bug_or_it_says_what_no_other_does()
    {
        var matrix = MutantMatrix.Of();
        Assert.True(matrix.Settled);
        for (var check = 0; check < matrix.Checks.Count; check++)
            Assert.True(matrix.Rows.Any(row => row.Objections[check] is not null), $"\"{matrix.Checks[check]}\" finds nothing.");
        Assert.Contains("\"acceptance\"", matrix.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_has_a_row_for_every_subject_its_objections_to_rest_on_and_a_verdict()
    {
        var matrix = new MutantMatrix(["law", "limit"], [new("the library", null, [null, null]), new("too <eager>", Area.Acceptance, ["the law is \"far\" off", null])]);

        var html = matrix.ToHtml();
        Assert.Contains("too &lt;eager&gt;", html, StringComparison.Ordinal);
        Assert.Contains("title=\"the law is &quot;far&quot; off\">✗", html, StringComparison.Ordinal);
        Assert.Single(html.Split('✗')[1..]);
        Assert.Contains("All 1 bugs are found, and all 1 right variants pass.", html, StringComparison.Ordinal);
        Assert.Contains("too <eager>  ✗·", matrix.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_verdict_names_a_bug_that_slips_through_and_a_right_variant_that_is_blamed()
    {
        var matrix = new MutantMatrix(["law"], [new("blamed", null, ["wrong"]), new("slips through", Area.Cache, [null])]);

        Assert.Equal("Not as it should be: blamed, slips through.", matrix.Verdict);
    }
}
