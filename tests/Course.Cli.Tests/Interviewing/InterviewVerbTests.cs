using System.CommandLine;
using Course.Cli.Interviewing;
using Course.Cli.Verbs;
using Course.TakeHome.Contracts;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Interview;

namespace Course.Cli.Tests.Interviewing;

public sealed class InterviewVerbTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-desk-").FullName;

    private string Session => Path.Combine(folder, "interview.json");

    [Fact]
    public void An_interview_goes_from_start_to_scorecard_by_commands_alone()
    {
        var report = Path.Combine(folder, "report.json");
        var graded = new GradeReport(
            GradeReport.CurrentVersion, "ada.zip", "", GradeStatus.Graded, "none", 1, true, "",
            [new("rejection", "One position", Standing.Partly, [new("replacement", false, Verdict.Failed, false)], 0, true, null, [], [])],
            [new("rejection/visible/replacement", true, "draws from p again", "")]);
        File.WriteAllText(report, graded.ToJson());

        Run("start", "Ada <i>", "--report", report);
        Run("tick", "filter-4-measure", "filter-4-overload", "probe-3-ratio", "probe-3-bonus");
        Run("tick", "probe-3-bonus", "--off");
        Run("tick", "probe-4-cache");
        Run("note", "asks", "about", "load");
        Run("answer", "why-not-p-again", "good", "--remark", "found it on two tokens");
        Run("followups");
        Run("show");
        Run("export", "--out", folder);

        var card = Desk.Open(Session, null).Card;
        Assert.Equal((7, false), (card.Total, card.Passes));
        Assert.All(["html", "md", "json"],
            form =>
                Assert.Contains(
                    "found it on two tokens", File.ReadAllText(Path.Combine(folder, $"scorecard.{form}")), StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_keeps_the_rubric_that_it_was_started_with()
    {
        var rubric = Rubric("rub", "db-3-vacuum");
        Run("start", "Eve", "--rubric", rubric);
        Run("tick", "db-3-vacuum", "--rubric", rubric);
        Run("export", "--out", folder);
        Assert.Contains(
            "db-3-vacuum says", File.ReadAllText(Path.Combine(folder, "scorecard.md")).Replace("\\", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Equal((5, rubric), (Desk.Open(Session, null).Card.Most, Desk.Open(Session, null).File.Read().Rubric?.Folder));
        Run("tick", "db-3-vacuum", "--off", "--rubric", Rubric("the-same-elsewhere", "db-3-vacuum"));
    }

    [Fact]
    public void A_session_refuses_another_rubric_and_its_own_after_a_change()
    {
        var rubric = Rubric("rub", "db-3-vacuum");
        Run("start", "Eve", "--rubric", rubric);
        Assert.Contains(
            "holds another", Assert.Throws<CourseException>(() => Run("show", "--rubric", Rubric("other", "db-3-index"))).Message,
            StringComparison.Ordinal);
        Rubric("rub", "db-3-index");
        Assert.Contains(
            "has changed since", Assert.Throws<CourseException>(() => Run("export", "--out", folder)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "scorecard.md")));
    }

    [Fact]
    public void A_session_without_a_stored_rubric_loses_no_tick_to_another_rubric()
    {
        new SessionFile(Session).Start(InterviewSession.Start("Eve", null, TimeProvider.System) with { Ticks = ["db-3-vacuum"] });
        Assert.Contains(
            "db-3-vacuum", Assert.Throws<CourseException>(() => Run("export", "--out", folder)).Message, StringComparison.Ordinal);
        Run("export", "--out", folder, "--rubric", Rubric("rub", "db-3-vacuum"));
    }

    /// <summary>Writes a rubric with one part, whose level 3 has the indicator.</summary>
    private string Rubric(string name, string indicator)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var levels = string.Concat(Enumerable.Range(0, 6).Select(level =>
            $"      - {{ score: {level}, title: T, " +
            $"indicators: [{{ id: {(level == 3 ? indicator : $"i{level}")}, text: {indicator} says {level} }}] }}\n"));
        File.WriteAllText(Path.Combine(path, "rubric.yaml"),
            "threshold: 3\nparts:\n  - id: db\n    title: Databases\n    asks: What?\n    looks: Whether.\n" +
            $"    needed: 1\n    levels:\n{levels}");
        File.WriteAllText(Path.Combine(path, "questions.yaml"), "questions: []\n");
        return path;
    }

    [Fact]
    public void A_failed_action_is_reported_and_changes_nothing()
    {
        Run("start", "Ada");
        Run("tick", "filter-3-cpu");
        Assert.Throws<CourseException>(() => Run("tick", "filter-3-cpus"));
        Assert.Throws<CourseException>(() => Run("start", "Bob"));
        Assert.Equal(["filter-3-cpu"], Desk.Open(Session, null).File.Read().Ticks);
    }

    [Fact]
    public void An_unknown_level_of_an_answer_is_refused_and_those_that_there_are_are_named()
    {
        Assert.Equal(
            "level splendid: expected none, weak, good, outstanding.",
            Assert.Single(Parse("answer", "why-not-p-again", "splendid").Errors).Message);
        Assert.Single(Parse("answer", "why-not-p-again", "2").Errors);
        Assert.Empty(Parse("answer", "why-not-p-again", "Good").Errors);
    }

    [Fact]
    public void Zero_questions_are_refused() =>
        Assert.Equal(
            "--count 0: expected a whole number from 1 to 1000.", Assert.Single(Parse("followups", "--count", "0").Errors).Message);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Run(params string[] arguments) => Assert.Equal(0, Parse(arguments).Invoke(CourseCommand.Invocation));

    private ParseResult Parse(params string[] arguments) => InterviewVerb.Build().Parse([.. arguments, "--session", Session]);
}
