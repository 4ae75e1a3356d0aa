using System.Text.Json;
using Course.Mutants;
using Course.Mutants.Checks;
using Course.TakeHome.Exercises;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Tests.Rubrics;

/// <summary>Tests of the content of data/rubric.</summary>
public class CourseRubricTests
{
    private static readonly Rubric Rubric = CourseRubric.Rubric;
    private static readonly QuestionBank Bank = CourseRubric.Bank;

    [Fact]
    public void Two_parts_of_five_points_and_eight_pass()
    {
        Assert.Equal(["filter", "probe"], Rubric.Parts.Select(part => part.Id));
        Assert.Equal((8, 10), (Rubric.Threshold, Rubric.Most));
    }

    [Fact]
    public void Every_level_can_be_reached_by_its_own_indicators() =>
        Assert.Empty(
            from part in Rubric.Parts
            from level in part.Levels.Skip(1)
            where level.Indicators.Count < part.Needed
            select $"{part.Id} {level.Score}");

    [Fact]
    public void Every_level_has_example_evidence() =>
        Assert.All(Rubric.Parts.SelectMany(part => part.Levels), level => Assert.NotEmpty(level.Evidence));

    [Fact]
    public void At_least_sixty_questions_and_several_on_every_topic()
    {
        Assert.True(Bank.Questions.Count >= 60, $"There are {Bank.Questions.Count}.");
        Assert.All(QuestionBank.Topics, topic => Assert.True(Bank.Questions.Count(question => question.Topic == topic) >= 6, topic));
    }

    [Fact]
    public void Every_cell_that_measures_an_answer_is_a_code_cell_that_exists() => Assert.Empty(
        from question in Bank.Questions
        where question.Evidence.Measured is { } cell && !CodeCells(cell.Notebook).Contains(cell.Cell)
        select $"{question.Id}: {question.Evidence}");

    [Fact]
    public void Most_answers_are_measured_and_the_others_say_why_not()
    {
        Assert.True(Bank.Questions.Count(question => question.Evidence.Measured is not null) >= 0.8 * Bank.Questions.Count);
        Assert.All(Bank.Questions, question => Assert.True(
            question.Evidence is { Measured: not null, Unmeasured: null } or { Measured: null, Unmeasured.Length: > 40 }, question.Id));
    }

    [Fact]
    public void Questions_are_suggested_by_checks_planted_bugs_or_exercises()
    {
        var known = SpeculationMutants.All.Select(mutant => mutant.Name)
            .Concat(SpeculationChecks.All.Select(check => check.Name))
            .Concat(Exercise.All.Select(exercise => exercise.Id)).Concat(ExerciseChecks).Concat(["tests/missed", "tests/flagged"])
            .ToHashSet();
        Assert.Empty(
            from question in Bank.Questions
            from name in question.SuggestedBy
            where !known.Contains(name)
            select $"{question.Id}: {name}");
    }

    [Fact]
    public void Every_check_suggests_a_question() => Assert.Empty(
        SpeculationChecks.All.Select(check => check.Name)
            .Where(name => !Bank.Questions.Any(question => question.SuggestedBy.Contains(name)))
            .Except(["tree law, depths", "tree paths"]));

    [Fact]
    public void Every_check_of_the_take_home_suggests_a_question_of_its_own_or_its_exercises() => Assert.All(
        ExerciseChecks,
        name => Assert.Contains(Bank.Questions,
            question => question.SuggestedBy.Contains(name) || question.SuggestedBy.Contains(name.Split('/')[0])));

    [Fact]
    public void Every_indicator_is_settled_by_a_question()
    {
        var settled = Bank.Questions.SelectMany(question => question.Settles).ToHashSet();
        Assert.Empty(
            from part in Rubric.Parts
            from level in part.Levels
            from indicator in level.Indicators
            where !settled.Contains(indicator.Id)
            select indicator.Id);
    }

    private static IEnumerable<string> ExerciseChecks =>
        from exercise in Exercise.All
        from check in exercise.Visible.Checks.Concat(exercise.Hidden.Checks)
        select $"{exercise.Id}/{check.Name}";

    private static HashSet<string> CodeCells(string notebook)
    {
        var path = Path.Combine(CourseRubric.Root, "notebooks", notebook + ".ipynb");
        if (!File.Exists(path))
            return [];
        using var read = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. read.RootElement.GetProperty("cells").EnumerateArray()
            .Where(cell => cell.GetProperty("cell_type").GetString() == "code").Select(cell => cell.GetProperty("id").GetString()!)];
    }
}
