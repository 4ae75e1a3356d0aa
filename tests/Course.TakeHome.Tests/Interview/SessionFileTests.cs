using Course.Inference;
using Course.TakeHome.Interview;

namespace Course.TakeHome.Tests.Interview;

public sealed class SessionFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-interview-").FullName;

    private SessionFile Session => new(Path.Combine(folder, "interview.json"));

    private static InterviewSession Ada => InterviewSession.Start("Ada", [new("loop/greedy", true, "differs")], TimeProvider.System);

    [Fact]
    public void What_was_written_is_read_again_whole()
    {
        Session.Start(Ada);
        var changed = Session.Change(session => session.Noted("Asks about \"load\" <first>.", TimeProvider.System));
        Assert.Equivalent(changed, Session.Read(), strict: true);
        Assert.Equal([Session.Path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Starting_over_a_session_is_refused_and_leaves_it()
    {
        Session.Start(Ada);
        Assert.Throws<CourseException>(() => Session.Start(InterviewSession.Start("Bob", [], TimeProvider.System)));
        Assert.Equal("Ada", Session.Read().Candidate);
    }

    [Fact]
    public void A_change_that_fails_leaves_the_session()
    {
        Session.Start(Ada);
        Assert.Throws<CourseException>(() => Session.Change(session => session.Untick("nothing")));
        Assert.Equal("Ada", Session.Read().Candidate);
    }

    [Fact]
    public async Task Actions_at_once_lose_nothing()
    {
        Session.Start(Ada);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Session.Change(session => session.Noted($"{i}", TimeProvider.System)))));
        Assert.Equal(12, Session.Read().Notes.Select(note => note.Text).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"candidate\": null}")]
    [InlineData("{\"candidate\": \"Ada\"}")]
    public void What_is_no_session_is_refused_by_name(string text)
    {
        File.WriteAllText(Session.Path, text);
        Assert.Contains(Session.Path, Assert.Throws<CourseException>(Session.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_session_the_way_to_begin_is_named() =>
        Assert.Contains("interview start", Assert.Throws<CourseException>(Session.Read).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"findings\": null}")]
    [InlineData("{\"findings\": [{\"id\": \"x\"}]}")]
    [InlineData("not json")]
    public void What_is_no_grading_report_is_refused(string text)
    {
        var path = Path.Combine(folder, "report.json");
        File.WriteAllText(path, text);
        Assert.Contains("findings", Assert.Throws<CourseException>(() => FindingsFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_are_read_from_a_report_that_holds_more()
    {
        var path = Path.Combine(folder, "report.json");
        File.WriteAllText(path, "{\"seed\": 3, \"findings\": [{\"id\": \"loop/greedy\", \"failed\": true, \"summary\": \"differs\", \"seconds\": 1}]}");
        Assert.Equal([new Finding("loop/greedy", true, "differs")], FindingsFile.Read(path));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
