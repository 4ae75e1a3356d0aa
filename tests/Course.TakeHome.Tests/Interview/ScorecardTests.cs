using System.Text.Json;
using System.Xml.Linq;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Interview;
using Course.TakeHome.Tests.Rubrics;

namespace Course.TakeHome.Tests.Interview;

public class ScorecardTests
{
    private const string Hostile = "<script>alert(1)</script> & \"x\" | **b** [l](javascript:1)";

    private static Scorecard Card(params string[] ticks)
    {
        var session = InterviewSession
            .Start(Hostile, Graded.Report(new Finding(Hostile, true, Hostile, "")) with { Archive = Hostile }, TimeProvider.System)
            .Noted(Hostile, TimeProvider.System)
            .Answered("tokens-per-round", AnswerLevel.Good, Hostile, CourseRubric.Bank);
        return Scorecard.Of(
            ticks.Aggregate(session, (one, id) => one.Tick(id, CourseRubric.Rubric)), CourseRubric.Rubric, CourseRubric.Bank);
    }

    private static Scorecard Passing => Card("filter-4-measure", "filter-4-overload", "probe-4-residual", "probe-4-cache");

    [Fact]
    public void Four_and_four_points_pass() => Assert.Equal((8, true), (Passing.Total, Passing.Passes));

    [Fact]
    public void Five_and_two_points_do_not_pass()
    {
        var card = Card("filter-5-build-or-buy", "filter-5-requirements", "probe-2-one-pass", "probe-2-prefix");
        Assert.Equal((7, false), (card.Total, card.Passes));
    }

    [Fact]
    public void A_part_of_which_nothing_was_observed_is_not_finished_rather_than_failed()
    {
        var card = Card("filter-4-measure", "filter-4-overload");
        Assert.Equal(("4 of 10; 8 pass: not finished, nothing was observed in The Probe", false), (card.Verdict, card.Passes));
        Assert.DoesNotContain("class=\"verdict missed\"", ScorecardPage.Write(card), StringComparison.Ordinal);
        Assert.EndsWith("not passed", Card("filter-4-measure", "probe-4-cache").Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_people_typed_moves_no_cursor_in_any_form()
    {
        var card = Scorecard.Of(
            InterviewSession.Start("Ada\u001b[2J\u202e", null, TimeProvider.System), CourseRubric.Rubric, CourseRubric.Bank);
        Assert.All(new[] { ScorecardPage.Write(card), ScorecardMarkdown.Write(card) },
            text => Assert.DoesNotContain(text, letter => letter is '\u001b' or '\u202e'));
    }

    [Fact]
    public void Times_of_notes_say_that_they_are_UTC() =>
        Assert.All(new[] { ScorecardPage.Write(Passing), ScorecardMarkdown.Write(Passing) },
            text => Assert.Matches("[0-9]{2}:[0-9]{2} UTC", text));

    [Fact]
    public void The_page_escapes_what_people_typed_and_loads_nothing()
    {
        var page = ScorecardPage.Write(Passing);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_well_formed()
    {
        var page = ScorecardPage.Write(Passing);
        var body = page[page.IndexOf("<body>", StringComparison.Ordinal)..page.IndexOf("</html>", StringComparison.Ordinal)].Replace(
            "<br>", "<br/>", StringComparison.Ordinal);
        Assert.Equal(
            ["Take-home", "What grading found", "Follow-ups", "Notes"],
            XElement.Parse(body).Descendants("h2").Select(title => title.Value).Skip(2));
    }

    [Fact]
    public void Markdown_escapes_what_people_typed()
    {
        var text = ScorecardMarkdown.Write(Passing);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("](java", text, StringComparison.Ordinal);
        Assert.Contains("**8 of 10; 8 pass: passed**", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figures_of_the_grade_are_in_all_three_forms()
    {
        Assert.Contains("<td>12 of 15</td><td>2</td><td>yes</td>", ScorecardPage.Write(Passing), StringComparison.Ordinal);
        Assert.Contains("| loop | 12 of 15 | 2 | yes |", ScorecardMarkdown.Write(Passing), StringComparison.Ordinal);
        var loop = JsonDocument.Parse(Passing.ToJson()).RootElement.GetProperty("takeHome").GetProperty("exercises")[0];
        Assert.Equal(12, loop.GetProperty("credited").GetInt32());
        Assert.Equal(15, loop.GetProperty("checks").GetArrayLength());
        Assert.Equal(2, loop.GetProperty("hintsTaken").GetInt32());
    }

    [Fact]
    public void The_result_of_the_candidates_tests_is_below_the_figures()
    {
        SuspectGrade[] decoders = [
            new("a", "length", "", false, ["counts"], "", true), new("b", "length", "", false, [], "", true),
            new("c", "", "", true, [], "", true)
        ];
        var report = Graded.Report() with { Exercises = [Graded.Exercise("tests", 5, 10, 0) with { Suspects = new(decoders) }] };
        var card = Scorecard.Of(InterviewSession.Start("Ada", report, TimeProvider.System), CourseRubric.Rubric, CourseRubric.Bank);
        const string Caught = "fail 1 of 2 decoders with a planted bug, and 0 of 1 correct ones";
        Assert.All(new[] { ScorecardPage.Write(card), ScorecardMarkdown.Write(card) },
            text => Assert.Contains(Caught, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_many_findings_the_first_few_of_each_exercise_are_shown_and_the_rest_are_counted()
    {
        static IEnumerable<Finding> Findings(string exercise, int count) => Enumerable.Range(1, count)
            .Select(number => new Finding($"{exercise}/visible/{number}", true, $"{exercise} saw {number}", ""));
        var report = Graded.Report([.. Findings("loop", 12), .. Findings("rewind", 4)]);
        var card = Scorecard.Of(InterviewSession.Start("Ada", report, TimeProvider.System), CourseRubric.Rubric, CourseRubric.Bank);
        Assert.All(new[] { ScorecardPage.Write(card), ScorecardMarkdown.Write(card) }, text =>
        {
            Assert.Contains("loop saw 3", text, StringComparison.Ordinal);
            Assert.DoesNotContain("loop saw 4", text, StringComparison.Ordinal);
            Assert.Contains("9 more, in the grading report.", text, StringComparison.Ordinal);
            Assert.Contains("rewind saw 4", text, StringComparison.Ordinal);
        });
        Assert.Contains("loop saw 12", card.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_JSON_of_a_scorecard_has_the_same_figures()
    {
        var root = JsonDocument.Parse(Passing.ToJson()).RootElement;
        Assert.Equal(
            (8, true, Hostile),
            (root.GetProperty("total").GetInt32(), root.GetProperty("passes").GetBoolean(), root.GetProperty("candidate").GetString()));
    }

    [Fact]
    public void A_question_that_has_left_the_bank_keeps_its_answer()
    {
        var session = InterviewSession.Start("Ada", null, TimeProvider.System) with
        {
            Asked = [new("gone", AnswerLevel.Weak, "did not know")]
        };
        Assert.Contains(
            "did not know", ScorecardPage.Write(Scorecard.Of(session, CourseRubric.Rubric, CourseRubric.Bank)), StringComparison.Ordinal);
    }
}
