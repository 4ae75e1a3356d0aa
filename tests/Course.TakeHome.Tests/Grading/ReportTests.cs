using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Grading.Running;
using Course.TakeHome.Tests.Rubrics;

namespace Course.TakeHome.Tests.Grading;

public sealed class ReportTests
{
    private static readonly Finding Failed =
        new("loop/hidden/greedy", true, "Failed: 3 of 14 tokens differ.", "Which row judges which guess?")
        {
            Why = "There is one right answer.",
        };

    private static GradeReport With(params ExerciseGrade[] exercises) =>
        new(GradeReport.CurrentVersion, "a.zip", "00", GradeStatus.Graded, "bubblewrap", 7, true, "11", exercises, [Failed]);

    private static ExerciseGrade Loop(string written, SuspectsGrade? suspects = null) => new(
        "loop", "The whole loop", Standing.Partly, [new("greedy", true, Verdict.Failed, false), new("length", false, Verdict.Passed, true)],
        2, true, suspects,
        [new("Why faster", "Where does the time come from?", written)], Exercise.Named("loop").Card.SpeaksTo);

    private static string[] Both(GradeReport report) =>
        [ReportMarkdown.Write(new(report, null), CourseRubric.Rubric), ReportPage.Write(new(report, null), CourseRubric.Rubric)];

    [Fact]
    public void Nothing_that_a_candidate_wrote_is_markup()
    {
        const string Evil = "<script>alert(1)</script> ![x](http://192.0.2.1/) | `";
        var suspects = new SuspectsGrade([new("x", "y", "z", true, [Evil], Evil, true)]);
        var report = With(Loop($"## {Evil}", suspects)) with
        {
            Archive = Evil,
            Findings = [new(Evil, true, Evil, Evil), new($"loop/{Evil}", true, Evil, Evil)]
        };
        Assert.DoesNotContain("<script", ReportPage.Write(new(report, null), CourseRubric.Rubric), StringComparison.Ordinal);
        var lines = Both(report)[0].Split('\n').Where(line => !line.StartsWith("    ", StringComparison.Ordinal));
        Assert.DoesNotContain(lines,
            line => line.Contains("<script", StringComparison.Ordinal) || line.Contains("![", StringComparison.Ordinal));
    }

    [Fact]
    public void Written_answers_are_shown_beside_their_indicators_which_are_not_ticked()
    {
        var report = With(Loop("Weights are read once for all guesses."));
        Assert.All(Both(report), text =>
        {
            Assert.Contains("Weights are read once for all guesses.", text, StringComparison.Ordinal);
            Assert.Contains("Where does the time come from?", text, StringComparison.Ordinal);
            Assert.Contains("Rewinds both caches", text, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("[x]", Both(report)[0], StringComparison.Ordinal);
        Assert.Contains("probe-4-cache", report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_red_flag_is_not_shown_as_a_box_to_tick()
    {
        var markdown = Both(With(Loop("Weights are read once.")))[0];
        Assert.Contains("- **red flag**, The Probe ", markdown, StringComparison.Ordinal);
        Assert.Equal(
            Exercise.Named("loop").Card.SpeaksTo.Count(id => !id.Contains("flag", StringComparison.Ordinal)),
            markdown.Split("- [ ] ").Length - 1);
    }

    [Fact]
    public void The_report_shows_the_graded_code_and_what_the_folder_states()
    {
        var at = DateTimeOffset.UnixEpoch.AddHours(9);
        var loop = Loop("") with
        {
            Code = [new("exercises/loop/Answer.cs", "if (p < q) <b>throw</b>;")],
            Stated = new([at], at.AddMinutes(30), at.AddMinutes(20), 4),
        };
        var report = With(loop) with { Stated = new(at, at.AddMinutes(12), 120, LogState.Changed) };
        Assert.All(Both(report), text =>
        {
            Assert.Contains("12 minutes later; 120 minutes were allowed", text, StringComparison.Ordinal);
            Assert.Contains("Its log was changed", text, StringComparison.Ordinal);
            Assert.Contains(
                "prediction first seen 09:30 UTC; checks run 4 times, first 09:20 UTC; hints 09:00 UTC", text, StringComparison.Ordinal);
            Assert.Contains("exercises/loop/Answer.cs", text, StringComparison.Ordinal);
        });
        Assert.Contains("    if (p < q) <b>throw</b>;", Both(report)[0], StringComparison.Ordinal); // an indented block
        Assert.Contains("<pre>if (p &lt; q) &lt;b&gt;", Both(report)[1], StringComparison.Ordinal);
        Assert.Equal(report.ToJson(), GradeReport.Parse(report.ToJson()).ToJson());
    }

    [Fact]
    public void A_page_has_a_dark_scheme_and_its_tables_scroll_on_a_phone()
    {
        var page = Both(With(Loop("")))[1];
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
        Assert.Contains("table { display: block; overflow-x: auto; }", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_is_shown_with_its_exercise_its_amount_its_reason_and_its_question() => Assert.All(Both(With(Loop(""))), text =>
    {
        Assert.Contains("3 of 14 tokens differ.", text, StringComparison.Ordinal);
        Assert.Contains("There is one right answer.", text, StringComparison.Ordinal);
        Assert.Contains("Which row judges which guess?", text, StringComparison.Ordinal);
        Assert.Contains("in part", text, StringComparison.Ordinal);
    });

    [Fact]
    public void Without_written_answers_no_form_repeats_the_questions() =>
        Assert.All(Both(With(Loop(""))), text => Assert.DoesNotContain("Where does the time come from?", text, StringComparison.Ordinal));

    [Fact]
    public void A_suggested_question_is_about_the_check_and_comes_only_once()
    {
        var suggestions = new Suggestions(CourseRubric.Bank);
        var about = CourseRubric.Bank.Questions.Where(question => question.SuggestedBy.Contains("loop/draft's cache")).ToArray();
        Assert.NotEmpty(about);
        Assert.All(about,
            question => Assert.Equal($"{question.Text} A good answer: {question.Good}", suggestions.For("loop", "draft's cache")));
        Assert.Equal(Suggestions.Anyway, suggestions.For("loop", "draft's cache"));
        Assert.Equal(Suggestions.Anyway, new Suggestions(null).For("loop", "draft's cache"));
    }

    [Fact]
    public void Every_check_says_why_it_matters_and_where_to_look() => Assert.All(
        Exercise.All.SelectMany(exercise => exercise.Visible.Checks.Concat(exercise.Hidden.Checks)),
        check => Assert.True(check.Why.Length > 5 && check.Where.Length > 3, check.Name));

    [Fact]
    public void Every_exercise_lists_indicators_that_the_rubric_has() => Assert.All(Exercise.All, exercise =>
    {
        Assert.NotEmpty(exercise.Card.SpeaksTo);
        Assert.All(exercise.Card.SpeaksTo, id => Assert.True(CourseRubric.Rubric.Find(id) is not null, $"{exercise.Id}: {id}"));
    });

    [Fact]
    public void A_sheet_is_read_by_heading_with_questions_separate_from_answers()
    {
        var answers = WrittenAnswers.Read(
            "# The loop: in your words\n\n## Predict first\n\n> How many calls?\n\nSix.\nOr seven.\n\n## Why faster\n\n> Where from?\n\n");
        Assert.Equal([new("Predict first", "How many calls?", "Six.\nOr seven."), new("Why faster", "Where from?", "")], answers);
    }

    [Fact]
    public void Untrusted_text_neither_moves_a_cursor_nor_reverses_its_direction() =>
        Assert.Equal("a\\u001B[2J\\u202Eb c", PlainText.Line("a\u001b[2J\u202eb\nc"));
}
