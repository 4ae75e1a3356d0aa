using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Interview;

/// <summary>A session on disk. It is written completely after every action, so that nothing is lost if the program ends.</summary>
public sealed class SessionFile(string path)
{
    private const long LargestFile = 16 << 20;

    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file for people, never part of an HTML page
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public string Path { get; } = string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal)
        ? throw new CourseException("--session needs the name of a file, for instance --session ada.json.")
        : System.IO.Path.GetFullPath(path);

    /// <summary>Writes a new session.</summary>
    /// <exception cref="CourseException">There is already a session, or the file cannot be written.</exception>
    public InterviewSession Start(InterviewSession session) => LockedFile.WithLock(Path, () =>
        File.Exists(Path)
            ? throw new CourseException(
                $"{Path} already holds a session with {Read().Candidate}, which you can continue. For another candidate name another file "
                + "with --session.")
            : Written(session));

    /// <summary>Reads, changes and writes the session under a lock.</summary>
    /// <exception cref="CourseException">There is no session, or the file cannot be written.</exception>
    public InterviewSession Change(Func<InterviewSession, InterviewSession> change) =>
        LockedFile.WithLock(Path, () => Written(change(Read())));

    /// <summary>Reads the session.</summary>
    /// <exception cref="CourseException">There is no session, or the file is not one.</exception>
    public InterviewSession Read()
    {
        if (Directory.Exists(Path))
            throw new CourseException($"{Path} is a folder. Name the session's file with --session.");
        if (!File.Exists(Path))
            throw new CourseException(
                $"There is no session in {Path}. Begin one with: course interview start NAME, or name its file with --session.");
        try
        {
            if (!PlainFile.HasContent(Path))
                throw new CourseException($"{Path} is empty, or no file at all. Name a session's file with --session.");
            if (new FileInfo(Path).Length > LargestFile)
                throw new CourseException($"{Path}: a session has at most {LargestFile >> 20} MiB. Name its file with --session.");
            return StrictJson.Read<InterviewSession>(File.ReadAllText(Path), Json);
        }
        catch (JsonException e)
        {
            throw new CourseException(
                $"{Path}, line {(e.LineNumber ?? 0) + 1}: this is not a session ({e.Message}) Repair the file there, or name another one "
                + "with --session.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException($"{Path} cannot be read ({e.Message.TrimEnd('.')}). Check its permissions.", e);
        }
    }

    private InterviewSession Written(InterviewSession session)
    {
        AtomicFile.WritePrivate(Path, stream => JsonSerializer.Serialize(stream, session, Json));
        return session;
    }
}
