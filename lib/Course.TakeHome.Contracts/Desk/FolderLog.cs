using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary>An event in a candidate's folder that is logged.</summary>
public enum LogEvent
{
    /// <summary>The folder was created.</summary>
    Made,

    /// <summary>A hint was taken.</summary>
    Hint,

    /// <summary>A text under "Predict first" was seen for the first time.</summary>
    Predicted,

    /// <summary>The checks of an exercise ran on an answer, not on the stub.</summary>
    Checked,

    /// <summary>The stub was restored.</summary>
    Reset,

    /// <summary>An archive was made.</summary>
    Packed,
}

/// <summary>One line of the log.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Event">What happened.</param>
/// <param name="Exercise">The exercise's id; empty if the event is about the whole folder.</param>
/// <param name="Passed">The number of checks that passed; 0 if none ran.</param>
/// <param name="Of">The number of checks of the exercise; 0 if none ran.</param>
/// <param name="Before">The hash of the line before; empty for the first line.</param>
public sealed record LogLine(DateTimeOffset At, LogEvent Event, string Exercise, int Passed, int Of, string Before);

/// <summary>
/// <c>.take-home/log.jsonl</c>: what happened in a folder, in order. Each line holds the hash of the line before it, so that a changed or
/// removed line shows. The log is a statement, not a proof: the folder belongs to the candidate.
/// </summary>
public sealed class FolderLog
{
    private readonly string path;
    private readonly List<LogLine> lines = [];
    private string last = "";
    private bool broken;

    public FolderLog(string path)
    {
        this.path = path;
        foreach (var text in File.Exists(path) ? File.ReadAllLines(path) : [])
            if (Parse(text) is { } line)
            {
                broken |= line.Before != last;
                lines.Add(line);
                last = Hash(text);
            }
            else
                broken = true;
    }

    public LogState State => broken ? LogState.Changed : lines.FirstOrDefault()?.Event == LogEvent.Made ? LogState.Whole : LogState.Missing;

    /// <summary>When each hint of an exercise was taken, first tier first.</summary>
    public IReadOnlyList<DateTimeOffset> Hints(string exercise) => [.. Of(exercise, LogEvent.Hint).Select(line => line.At)];

    /// <summary>When a prediction was first seen; null if there was none.</summary>
    public DateTimeOffset? Predicted(string exercise) => Of(exercise, LogEvent.Predicted).FirstOrDefault()?.At;

    /// <summary>The check runs of an exercise on an answer, in order.</summary>
    public IReadOnlyList<LogLine> Checks(string exercise) => [.. Of(exercise, LogEvent.Checked)];

    /// <summary>The last check run of an exercise; null if there was none since the stub was last restored.</summary>
    public LogLine? LastCheck(string exercise) =>
        lines.LastOrDefault(line => line.Exercise == exercise && line.Event is (LogEvent.Checked or LogEvent.Reset)) is
        { Event: LogEvent.Checked } line
            ? line
            : null;

    public void Add(DateTimeOffset at, LogEvent what, string exercise = "", int passed = 0, int of = 0)
    {
        var line = new LogLine(at, what, exercise, passed, of, last);
        var text = JsonSerializer.Serialize(line, CheckReport.OneLine);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, text + "\n");
        lines.Add(line);
        last = Hash(text);
    }

    private IEnumerable<LogLine> Of(string exercise, LogEvent what) => lines.Where(line => line.Exercise == exercise && line.Event == what);

    private static LogLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LogLine>(text.TrimStart('\uFEFF'), CheckReport.OneLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Hash(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)))[..16];
}
