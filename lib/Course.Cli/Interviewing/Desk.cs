using Course.TakeHome.Interview;
using Course.TakeHome.Rubrics;

namespace Course.Cli.Interviewing;

/// <summary>What every action of the desk works on. The folder is that of the rubric: empty for the course's own.</summary>
internal sealed record Desk(Rubric Rubric, QuestionBank Bank, SessionFile File, string Folder)
{
    public const string DefaultSession = "interview.json";

    /// <summary>For a session that is to begin.</summary>
    /// <param name="session">The session's file.</param>
    /// <param name="rubric">The folder of rubric.yaml and questions.yaml; null for the course's own.</param>
    /// <exception cref="RubricException">One of them does not hold what it must.</exception>
    public static Desk New(string session, string? rubric) => Read(new(session), rubric is null ? "" : Path.GetFullPath(rubric));

    /// <summary>
    /// For a session that is under way. It is held under the rubric that it was started with, which need not be named again.
    /// </summary>
    /// <param name="session">The session's file.</param>
    /// <param name="rubric">Where that rubric lies now; null for where it lay.</param>
    /// <exception cref="CourseException">There is no session, or it was started under another rubric.</exception>
    public static Desk Open(string session, string? rubric)
    {
        var file = new SessionFile(session);
        var (kept, ticks) = (file.Read().Rubric, file.Read().Ticks);
        var desk = Read(file, rubric is not null ? Path.GetFullPath(rubric) : kept?.Folder ?? "");
        if (kept is not null && !kept.Is(desk.Rubric))
            throw new CourseException(rubric is not null
                ? $"{file.Path} was started under {kept}, and --rubric {rubric} holds another. Ticks of one mean nothing under the " +
                    "other: leave --rubric out, or name another session."
                : $"{kept} has changed since {file.Path} was started, so its ticks may mean something else. Put it back, or name a copy " +
                    "of it as it was with --rubric.");
        return ticks.FirstOrDefault(id => desk.Rubric.Find(id) is null) is { } unknown
            ? throw new CourseException(
                $"{file.Path} has a tick at \"{unknown}\", which {desk.Kept} does not know. Name the rubric " +
                "that it was started under with --rubric.")
            : desk;
    }

    public Scorecard Card => Scorecard.Of(File.Read(), Rubric, Bank);

    /// <summary>The rubric as the session keeps it.</summary>
    public SessionRubric Kept => new(Folder, Rubric.Fingerprint);

    private static Desk Read(SessionFile file, string folder)
    {
        var place = folder.Length > 0 ? folder : Path.Combine(RepositoryRoot.Find(), "data", "rubric");
        var rubric = RubricFile.Read(Path.Combine(place, "rubric.yaml"));
        return new(rubric, QuestionFile.Read(Path.Combine(place, "questions.yaml"), rubric), file, folder);
    }
}
