using System.Text.Json;
using System.Text.Json.Serialization;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>
/// The result of an interview for a panel: the evidence, the scores that the rubric derives from it, and whether they pass.
/// </summary>
public sealed record Scorecard(
    string Candidate, DateTimeOffset Started, int Total, int Most, int Threshold, bool Passes, IReadOnlyList<ScorecardPart> Parts,
    GradeReport? TakeHome, IReadOnlyList<ScorecardAnswer> Answers, IReadOnlyList<Note> Notes)
{
    private const int FewFindings = 3;

    public static Scorecard Of(InterviewSession session, Rubric rubric, QuestionBank bank)
    {
        var ticks = session.Ticks.ToHashSet();
        var scores = rubric.Parts.Select(part => PartScore.Of(part, ticks)).ToArray();
        var total = scores.Sum(score => score.Score);
        return new(
            session.Candidate, session.Started, total, rubric.Most, rubric.Threshold, total >= rubric.Threshold,
            [.. scores.Select(score => Part(score, ticks))],
            session.TakeHome, [.. session.Asked.Select(asked => Answer(asked, bank))], session.Notes);
    }

    public string ToJson() => JsonSerializer.Serialize(this, SessionFile.Json);

    /// <summary>Titles of the parts for which nothing was observed yet, so that their score of 0 means nothing.</summary>
    public IReadOnlyList<string> Unobserved =>
        [.. Parts.Where(part => part.Observed.Count + part.RedFlags.Count == 0).Select(part => part.Title)];

    /// <summary>Whether something was observed in every part, or the points pass already.</summary>
    public bool IsFinished => Passes || Unobserved.Count == 0;

    /// <summary>Points and outcome in a few words.</summary>
    public string Verdict => $"{Total} of {Most}; {Outcome}";

    /// <summary>Whether the points pass, in a few words.</summary>
    [JsonIgnore]
    internal string Outcome => $"{Threshold} pass: " + (Passes ? "passed"
        : IsFinished ? "not passed"
        : $"not finished, nothing was observed in {string.Join(" and ", Unobserved)}");

    /// <summary>The result of the take-home in a few words; empty without one.</summary>
    public string TakeHomeVerdict => TakeHome is not { } report ? "" : report.Exercises.Count == 0
        ? $"{report.Archive}: {Words.Of(report.Status)}"
        : $"{report.Archive}: {report.Exercises.Sum(exercise => exercise.Credited)} of "
            + $"{report.Exercises.Sum(exercise => exercise.Checks.Count)} checks credited"
            + (report.SeedKnown ? "" : "; the seed was not verified");

    /// <summary>How many planted bugs the candidate's own tests find, and how many correct decoders they fail; empty if none ran.</summary>
    public string TestsVerdict => TakeHome?.Exercises.Select(exercise => exercise.Suspects).OfType<SuspectsGrade>()
        .FirstOrDefault(suspects => suspects.Decoders.Count > 0) is { } suspects
        ? $"The candidate's tests fail {suspects.Killed} of {suspects.Planted} decoders with a planted bug, and "
            + $"{suspects.Flagged} of {suspects.Correct} correct ones."
        : "";

    /// <summary>
    /// The first few findings of each exercise, those against the hand-in first, because a panel reads the scorecard and not the grading
    /// report.
    /// </summary>
    [JsonIgnore]
    internal IReadOnlyList<Finding> Findings =>
    [
        .. (TakeHome?.Findings ?? []).OrderByDescending(finding => finding.Failed).GroupBy(finding => finding.Id.Split('/')[0])
            .SelectMany(about => Few(about.Key, [.. about])),
    ];

    private static Finding[] Few(string exercise, Finding[] findings) => findings.Length <= FewFindings + 1
        ? findings // a line "1 more" would take as much room as the finding
        : [
            .. findings[..FewFindings],
            new(
                $"{exercise}/more", findings[FewFindings..].Any(finding => finding.Failed),
                $"{findings.Length - FewFindings} more, in the grading report.", "")
        ];

    private static ScorecardPart Part(PartScore score, HashSet<string> ticks) => new(
        score.Part.Title, score.Score, score.Reached, score.Part.Levels[score.Score].Title, PartScore.Rule(score.Part),
        [
            .. from level in score.Part.Levels
               from indicator in level.Indicators
               where ticks.Contains(indicator.Id)
               select new Observation(level.Score, indicator.Text),
        ],
        [.. score.Flags.Select(flag => flag.Text)])
    {
        Progress = score.Progress,
    };

    // A question may have left the bank since it was asked; its answer stays.
    private static ScorecardAnswer Answer(Asked asked, QuestionBank bank) => bank.Find(asked.Question) is { } question
        ? new(question.Text, asked.Answer, Typical(question, asked.Answer), asked.Remark, $"{question.Evidence}")
        : new(asked.Question, asked.Answer, "", asked.Remark, "");

    private static string Typical(Question question, AnswerLevel answer) => answer switch
    {
        AnswerLevel.Weak => question.Weak,
        AnswerLevel.Good => question.Good,
        AnswerLevel.Outstanding => question.Outstanding,
        _ => "",
    };
}

/// <summary>One part: its score, the score without red flags, and the observations that they are based on.</summary>
public sealed record ScorecardPart(
    string Title, int Score, int Reached, string Level, string Rule, IReadOnlyList<Observation> Observed, IReadOnlyList<string> RedFlags)
{
    /// <summary>What is missing for a higher level: see <see cref="PartScore.Progress"/>.</summary>
    public string Progress { get; init; } = "";
}

/// <summary>An indicator that was observed.</summary>
public sealed record Observation(int Level, string Text);

/// <summary>
/// A follow-up, how well it was answered, a typical answer of that level, and where the course measures it, or why it does not.
/// </summary>
public sealed record ScorecardAnswer(string Question, AnswerLevel Answer, string Holds, string Remark, string Measured);
