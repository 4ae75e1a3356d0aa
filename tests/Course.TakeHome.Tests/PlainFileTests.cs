using System.Diagnostics;
using Course.TakeHome.Grading;
using Course.TakeHome.Grading.HandIns;
using Course.TakeHome.Interview;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Tests;

/// <summary>A pipe in place of a file is refused, because reading it would wait for ever.</summary>
public sealed class PlainFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("plain-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact(Timeout = 30_000)]
    public Task No_reader_waits_for_a_pipe_nor_for_a_link_to_one() => Task.Run(() =>
    {
        if (OperatingSystem.IsWindows())
            return;
        var (pipe, link) = (Path.Combine(folder, "pipe"), Path.Combine(folder, "link"));
        Process.Start("mkfifo", pipe).WaitForExit();
        File.CreateSymbolicLink(link, pipe);
        foreach (var path in new[] { pipe, link })
        {
            Assert.Contains("no file at all", Assert.Throws<CourseException>(new SessionFile(path).Read).Message, StringComparison.Ordinal);
            Assert.Contains(
                "no file at all", Assert.Throws<CourseException>(() => ReportFile.Read(path)).Message, StringComparison.Ordinal);
            Assert.Contains(
                "no file at all", Assert.Throws<RubricException>(() => RubricFile.Read(path)).Message, StringComparison.Ordinal);
            Assert.Equal(HandInFlaw.NoArchive, Assert.Throws<HandInRejectedException>(() => HandInReader.Read(path)).Flaw);
            Assert.Equal("", Grader.Hash(path));
        }
    });

    [Fact]
    public void A_file_and_a_link_to_one_hold_something()
    {
        var (file, link) = (Path.Combine(folder, "file"), Path.Combine(folder, "link"));
        File.WriteAllText(file, "x");
        File.CreateSymbolicLink(link, file);
        Assert.True(PlainFile.HasContent(file) && PlainFile.HasContent(link));
        Assert.False(PlainFile.HasContent(Path.Combine(folder, "nothing")));
    }
}
