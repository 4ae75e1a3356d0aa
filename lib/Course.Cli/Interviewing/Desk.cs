using Course.TakeHome.Interview;
using Course.TakeHome.Rubrics;

namespace Course.Cli.Interviewing;

/// <summary>What every action of the desk works on.</summary>
internal sealed record Desk(Rubric Rubric, QuestionBank Bank, SessionFile File)
{
    public const string DefaultSession = "interview.json";

    /// <param name="session">The session's file.</param>
    /// <param name="rubric">The folder of rubric.yaml and questions.yaml; null for the course's own.</param>
    /// <exception cref="RubricException">One of them does not hold what it must.</exception>
    public static Desk Open(string session, string? rubric)
    {
        var folder = rubric ?? Path.Combine(RepositoryRoot.Find(), "data", "rubric");
        var read = RubricFile.Read(Path.Combine(folder, "rubric.yaml"));
        return new(read, QuestionFile.Read(Path.Combine(folder, "questions.yaml"), read), new(session));
    }

    public Scorecard Card => Scorecard.Of(File.Read(), Rubric, Bank);
}
