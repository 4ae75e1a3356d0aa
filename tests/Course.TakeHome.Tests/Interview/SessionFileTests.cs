using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Interview;

namespace Course.TakeHome.Tests.Interview;

public sealed class SessionFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-interview-").FullName;

    private SessionFile Session => new(Path.Combine(folder, "interview.json"));

    private static InterviewSession Ada => Graded.Session(new Finding("loop/visible/greedy", true, "differs", "Where?"));

    [Fact]
    public void A_session_is_read_back_as_it_was_written()
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
        Assert.Throws<CourseException>(() => Session.Start(InterviewSession.Start("Bob", null, TimeProvider.System)));
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
        await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => Task.Run(() => Session.Change(session => session.Noted($"{i}", TimeProvider.System)))));
        Assert.Equal(12, Session.Read().Notes.Select(note => note.Text).Distinct().Count());
    }

    [Fact]
    public void Only_its_owner_may_read_a_session()
    {
        Session.Start(Ada);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Session.Path));
    }

    [Fact]
    public void A_byte_order_mark_is_accepted()
    {
        Session.Start(Ada);
        File.WriteAllText(
            Session.Path, File.ReadAllText(Session.Path), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Equal("Ada", Session.Read().Candidate);
    }

    [Theory]
    [InlineData("\"notes\": []", "\"notes\": [null]")]
    [InlineData("\"ticks\": []", "\"ticks\": [null]")]
    [InlineData("\"asked\": []", "\"asked\": [{\"question\": null, \"answer\": \"good\", \"remark\": \"\"}]")]
    [InlineData("\"written\": []", "\"written\": [null]")]
    [InlineData("\"speaksTo\": []", "\"speaksTo\": [null]")]
    public void A_null_in_a_list_is_refused(string find, string replacement)
    {
        Session.Start(Ada);
        var text = File.ReadAllText(Session.Path);
        Assert.Contains(find, text, StringComparison.Ordinal);
        File.WriteAllText(Session.Path, text.Replace(find, replacement, StringComparison.Ordinal));
        Assert.Contains("this is not a session", Assert.Throws<CourseException>(Session.Read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void A_name_that_no_file_can_have_is_refused_with_an_example(string path) =>
        Assert.Contains(
            "--session ada.json", Assert.Throws<CourseException>(() => new SessionFile(path)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_folder_is_not_a_session() =>
        Assert.Contains("is a folder", Assert.Throws<CourseException>(new SessionFile(folder).Read).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"candidate\": null}")]
    [InlineData("{\"candidate\": \"Ada\"}")]
    public void A_file_that_is_not_a_session_is_refused_by_name(string text)
    {
        File.WriteAllText(Session.Path, text);
        Assert.Contains(Session.Path, Assert.Throws<CourseException>(Session.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_session_the_error_says_how_to_begin_one() =>
        Assert.Contains("interview start", Assert.Throws<CourseException>(Session.Read).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"findings\": null}")]
    [InlineData("{\"findings\": [{\"id\": \"x\"}]}")]
    [InlineData(
        "{\"version\": 1, \"archive\": \"\", \"sha256\": \"\", \"status\": \"graded\", \"sandbox\": \"\", \"seed\": 1, \"seedKnown\": " +
        "true, \"exercises\": [], \"findings\": [null]}")]
    [InlineData("not json")]
    public void A_file_that_is_not_a_grading_report_is_refused(string text)
    {
        var path = Path.Combine(folder, "report.json");
        File.WriteAllText(path, text);
        Assert.Contains(path, Assert.Throws<CourseException>(() => ReportFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_that_grading_writes_is_read_whole()
    {
        var report = Graded.Report(new Finding("loop/visible/greedy", true, "differs", "Where would you look?"));
        var path = Path.Combine(folder, "report.json");
        File.WriteAllText(path, report.ToJson());
        Assert.Equivalent(report, ReportFile.Read(path), strict: true);
    }

    [Fact]
    public void A_report_that_is_not_there_is_named() =>
        Assert.Contains(
            "gone.json", Assert.Throws<CourseException>(() => ReportFile.Read(Path.Combine(folder, "gone.json"))).Message,
            StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
