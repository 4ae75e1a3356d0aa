using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Tests.Rubrics;

public sealed class RubricFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-rubric-").FullName;

    private const string Right = """
        threshold: 3
        parts:
          - id: talk
            title: Talk
            asks: What?
            looks: Whether.
            needed: 1
            levels:
              - { score: 0, title: None }
              - { score: 1, title: One, indicators: [{ id: a, text: A }] }
              - { score: 2, title: Two, indicators: [{ id: b, text: B }] }
              - { score: 3, title: Three, indicators: [{ id: c, text: C }] }
              - { score: 4, title: Four, indicators: [{ id: d, text: D }] }
              - { score: 5, title: Five, indicators: [{ id: e, text: E }] }
        """;

    [Fact]
    public void A_valid_rubric_is_read() => Assert.Equal(3, RubricFile.Read(Written(Right)).Threshold);

    [Theory]
    [InlineData("threshold: 3", "threshold: 6", 1, "from 1 to 5")]
    [InlineData("threshold: 3", "threshold: three", 1, "whole number")]
    [InlineData("threshold: 3", "threshhold: 3", 1, "threshold is missing")]
    [InlineData("    needed: 1", "    needed: 1\n    weight: 2", 8, "no key \"weight\"")]
    [InlineData("asks: What?", "asks: ''", 5, "not empty")]
    [InlineData("score: 4, title: Four", "score: 3, title: Four", 3, "levels 0, 1, 2, 3, 3, 5")]
    [InlineData("id: e", "id: a", 1, "id a occurs 2 times")]
    [InlineData(", indicators: [{ id: c, text: C }]", "", 12, "no indicators")]
    [InlineData("[{ id: b, text: B }]", "b", 11, "must be a list")]
    [InlineData("[{ id: b, text: B }]", "[{ id: b, text: B", 12, "no YAML")]
    public void An_error_in_a_rubric_is_named_with_its_line(string find, string replacement, long line, string says)
    {
        var path = Written(Right.Replace(find, replacement, StringComparison.Ordinal));
        var e = Assert.Throws<RubricException>(() => RubricFile.Read(path));
        Assert.StartsWith($"{path}, line {line}: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [1")]
    [InlineData("? :")]
    [InlineData("a: {b")]
    [InlineData("a: \"x")]
    [InlineData("a: *b")]
    [InlineData("%")]
    [InlineData("a: !<")]
    [InlineData("a: &a [*a]")]
    [InlineData("--- \n--- ")]
    [InlineData("")]
    public void A_file_that_is_not_YAML_or_ends_too_early_is_an_error_with_its_line(string text)
    {
        var path = Written(text);
        Assert.StartsWith($"{path}, line ", Assert.Throws<RubricException>(() => RubricFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_deeper_than_any_rubric_is_refused_before_it_overflows_the_stack()
    {
        var path = Written($"a: {new string('[', 100_000)}{new string(']', 100_000)}");
        Assert.Contains("nested more than", Assert.Throws<RubricException>(() => RubricFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains(
            "nowhere.yaml", Assert.Throws<RubricException>(() => RubricFile.Read(Path.Combine(folder, "nowhere.yaml"))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("topic: cache", "topic: caches", "no topic \"caches\"")]
    [InlineData("topic: cache", "topic: \"\\e[2J\"", "no topic \"\\u001B[2J\"")]
    [InlineData("settles: [a]", "settles: [z]", "settles \"z\"")]
    [InlineData("weak: W", "", "weak is missing")]
    [InlineData("cell: y", "cel: y", "cell is missing")]
    [InlineData("    measured: { notebook: n, cell: y }\n", "", "measured is missing")]
    [InlineData("    measured:", "    unmeasured: R\n    measured:", "exclude each other")]
    public void A_question_that_is_wrong_is_named(string find, string replacement, string says)
    {
        const string bank =
            "questions:\n  - id: x\n    topic: cache\n    question: Q\n    weak: W\n    good: G\n    outstanding: O\n"
            + "    measured: { notebook: n, cell: y }\n    settles: [a]\n";
        var rubric = RubricFile.Read(Written(Right));
        Assert.Single(QuestionFile.Read(Written(bank), rubric).Questions);
        var e = Assert.Throws<RubricException>(
            () => QuestionFile.Read(Written(bank.Replace(find, replacement, StringComparison.Ordinal)), rubric));
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_nothing_measures_says_why()
    {
        const string bank =
            "questions:\n"
            + "  - { id: x, topic: cache, question: Q, weak: W, good: G, outstanding: O, unmeasured: nobody can, settles: [a] }\n";
        Assert.Equal("not measured: nobody can",
            $"{QuestionFile.Read(Written(bank), RubricFile.Read(Written(Right))).Questions[0].Evidence}");
    }

    [Fact]
    public void A_file_may_name_topics_of_its_own()
    {
        const string bank =
            "topics: [vacuum]\nquestions:\n  - id: x\n    topic: vacuum\n    question: Q\n    weak: W\n    good: G\n    outstanding: O\n"
            + "    unmeasured: no notebook is about it\n    settles: [a]\n";
        Assert.Equal("vacuum", Assert.Single(QuestionFile.Read(Written(bank), RubricFile.Read(Written(Right))).Questions).Topic);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Written(string text)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName() + ".yaml");
        File.WriteAllText(path, text);
        return path;
    }
}
