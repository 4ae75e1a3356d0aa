using Course.TakeHome.Interview;
using Course.TakeHome.Rubrics;

namespace Course.Cli.Interviewing;

/// <summary>
/// The state on which every action of `course interview` works. The folder is that of the rubric; it is empty for the course's own rubric.
/// </summary>
internal sealed record Desk(Rubric Rubric, QuestionBank Bank, SessionFile File, string Folder)
{
    public const string DefaultSession = "interview.json";

    /// <summary>The desk for a new session.</summary>
    /// <param name="session">The session's file.</param>
    /// <param name="rubric">The folder with rubric.yaml and questions.yaml; null for the course's own.</param>
    /// <exception cref="RubricException">One of the files is not valid.</exception>
    public static Desk New(string session, string? rubric) => Read(new(session), rubric is null ? "" : Path.GetFullPath(rubric));

    /// <summary>
    /// The desk for a session that has been started. It uses the rubric with which the session was started, which need not be named again.
    /// </summary>
    /// <param name="session">The session's file.</param>
    /// <param name="rubric">The folder of that rubric, if it has moved; null if it has not.</param>
    /// <exception cref="CourseException">There is no session, or it was started under another rubric.</exception>
    public static Desk Open(string session, string? rubric)
    {
        var file = new SessionFile(session);
        var (kept, ticks) = (file.Read().Rubric, file.Read().Ticks);
        var desk = Read(file, rubric is not null ? Path.GetFullPath(rubric) : kept?.Folder ?? "");
        if (kept is not null && !kept.Is(desk.Rubric))
            throw new CourseException(rubric is not null
                ? $"{file.Path} was started with {kept}, but --rubric {rubric} holds another. Ticks of one rubric mean nothing in the " +
                    "other: leave --rubric out, or name another session."
                : $"{kept} has changed since {file.Path} was started, so its ticks may mean something else. Restore it, or name a copy " +
                    "of the old version with --rubric.");
        return ticks.FirstOrDefault(id => desk.Rubric.Find(id) is null) is { } unknown
            ? throw new CourseException(
                $"{file.Path} has a tick at \"{unknown}\", which {desk.Kept} does not know. " +
                "Name the rubric with which it was started with --rubric.")
            : desk;
    }

    public Scorecard Card => Scorecard.Of(File.Read(), Rubric, Bank);

    /// <summary>The identification of the rubric that is stored in the session.</summary>
    public SessionRubric Kept => new(Folder, Rubric.Fingerprint);

    private static Desk Read(SessionFile file, string folder)
    {
        var from = folder.Length > 0 ? folder : Path.Combine(RepositoryRoot.Find(), "data", "rubric");
        var rubric = RubricFile.Read(Path.Combine(from, "rubric.yaml"));
        return new(rubric, QuestionFile.Read(Path.Combine(from, "questions.yaml"), rubric), file, folder);
    }
}
