using System.Text.Json.Serialization;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>How well a follow-up was answered.</summary>
public enum AnswerLevel
{
    None,
    Weak,
    Good,
    Outstanding,
}

/// <summary>A note by the interviewer.</summary>
public sealed record Note(DateTimeOffset At, string Text);

/// <summary>A follow-up that was asked.</summary>
public sealed record Asked(string Question, AnswerLevel Answer, string Remark);

/// <summary>The record of one interview. It is immutable: every action returns a new record.</summary>
/// <param name="Candidate">The candidate's name.</param>
/// <param name="Started">When the interview began.</param>
/// <param name="TakeHome">The grading report of the take-home; null without one.</param>
/// <param name="Ticks">Ids of the indicators and red flags that were observed.</param>
/// <param name="Notes">The notes, in the order in which they were taken.</param>
/// <param name="Asked">The follow-ups, in the order in which they were asked.</param>
public sealed record InterviewSession(
    string Candidate, DateTimeOffset Started, GradeReport? TakeHome, IReadOnlyList<string> Ticks, IReadOnlyList<Note> Notes,
    IReadOnlyList<Asked> Asked)
{
    /// <summary>The rubric with which the session was started; null in files from before sessions stored it.</summary>
    public SessionRubric? Rubric { get; init; }

    /// <summary>The findings against the hand-in.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> Failed => [.. (TakeHome?.Findings ?? []).Where(finding => finding.Failed)];

    /// <summary>Starts a session.</summary>
    /// <exception cref="CourseException">The name is empty.</exception>
    public static InterviewSession Start(string candidate, GradeReport? takeHome, TimeProvider clock) =>
        string.IsNullOrWhiteSpace(candidate)
            ? throw new CourseException("A session needs the candidate's name, for instance: course interview start \"Ada\".")
            : new(candidate.Trim(), clock.GetUtcNow(), takeHome, [], [], []);

    /// <summary>Ticks an indicator or a red flag. Ticking it twice changes nothing.</summary>
    /// <exception cref="CourseException">The rubric has no such indicator.</exception>
    public InterviewSession Tick(string id, Rubric rubric) =>
        rubric.Find(id) is null ? throw Unknown(id, "indicator", ListsIndicators, rubric.Indicators.Select(at => at.Indicator.Id))
        : Ticks.Contains(id) ? this
        : this with { Ticks = [.. Ticks, id] };

    /// <summary>Removes a tick, also one whose id the rubric no longer has.</summary>
    /// <exception cref="CourseException">The indicator is not ticked.</exception>
    public InterviewSession Untick(string id) => Ticks.Contains(id)
        ? this with { Ticks = [.. Ticks.Where(tick => tick != id)] }
        : throw Unknown(id, "tick", ListsIndicators, Ticks);

    /// <summary>Adds a note.</summary>
    /// <exception cref="CourseException">The note is empty.</exception>
    public InterviewSession Noted(string text, TimeProvider clock) => string.IsNullOrWhiteSpace(text)
        ? throw new CourseException("A note needs some text.")
        : this with { Notes = [.. Notes, new(clock.GetUtcNow(), text.Trim())] };

    /// <summary>Records how a follow-up was answered. If it was asked before, the new answer replaces the old one.</summary>
    /// <exception cref="CourseException">The bank has no such question.</exception>
    public InterviewSession Answered(string question, AnswerLevel answer, string remark, QuestionBank bank) => bank.Find(question) is null
        ? throw Unknown(
            question, "question", $"`course interview followups --count {bank.Questions.Count}` lists those that are left to ask.",
            bank.Questions.Select(each => each.Id))
        : this with { Asked = [.. Asked.Where(asked => asked.Question != question), new(question, answer, remark.Trim())] };

    private const string ListsIndicators = "`course interview show` lists what there is.";

    /// <summary>The error for an unknown id. It suggests ids that share a word with it, nearest first.</summary>
    private static CourseException Unknown(string id, string what, string listed, IEnumerable<string> all)
    {
        var words = id.Split('-', StringSplitOptions.RemoveEmptyEntries);
        bool SharesAWord(string each) => each.Split('-').Intersect(words).Any();
        var near = all.Where(SharesAWord).OrderBy(each => Likeness.Edits(id, each)).ThenBy(each => each, StringComparer.Ordinal).Take(6)
            .ToArray();
        return new(
            $"There is no {what} {SafeText.Quote(id)}.{(near.Length > 0 ? $" The nearest: {string.Join(", ", near)}." : "")} {listed}");
    }
}
