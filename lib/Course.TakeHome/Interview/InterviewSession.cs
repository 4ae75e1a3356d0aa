using System.Text.Json.Serialization;
using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>How a follow-up was answered.</summary>
public enum AnswerLevel
{
    None,
    Weak,
    Good,
    Outstanding,
}

/// <summary>A note of the interviewer's.</summary>
public sealed record Note(DateTimeOffset At, string Text);

/// <summary>A follow-up that was asked.</summary>
public sealed record Asked(string Question, AnswerLevel Answer, string Remark);

/// <summary>All that is kept of one interview. Every action yields a new one.</summary>
/// <param name="Candidate">Whom it is about.</param>
/// <param name="Started">When it began.</param>
/// <param name="TakeHome">What grading said of the take-home; null without one.</param>
/// <param name="Ticks">Ids of indicators and red flags that were observed.</param>
/// <param name="Notes">In the order in which they were taken.</param>
/// <param name="Asked">Follow-ups, in the order in which they were asked.</param>
public sealed record InterviewSession(
    string Candidate, DateTimeOffset Started, GradeReport? TakeHome, IReadOnlyList<string> Ticks, IReadOnlyList<Note> Notes,
    IReadOnlyList<Asked> Asked)
{
    /// <summary>The rubric under which it was started; null in a file from before sessions kept it.</summary>
    public SessionRubric? Rubric { get; init; }

    /// <summary>What speaks against the hand-in.</summary>
    [JsonIgnore]
    public IReadOnlyList<Finding> Failed => [.. (TakeHome?.Findings ?? []).Where(finding => finding.Failed)];

    public static InterviewSession Start(string candidate, GradeReport? takeHome, TimeProvider clock) =>
        string.IsNullOrWhiteSpace(candidate)
            ? throw new CourseException("A session needs the candidate's name, for instance: course interview start \"Ada\".")
            : new(candidate.Trim(), clock.GetUtcNow(), takeHome, [], [], []);

    /// <exception cref="CourseException">The rubric has no such indicator.</exception>
    public InterviewSession Tick(string id, Rubric rubric) =>
        rubric.Find(id) is null ? throw Unknown(id, "indicator", ListsIndicators, rubric.Indicators.Select(at => at.Indicator.Id))
        : Ticks.Contains(id) ? this
        : this with { Ticks = [.. Ticks, id] };

    /// <summary>Takes a tick back. An id that the rubric has lost since can be taken back, too.</summary>
    /// <exception cref="CourseException">It was not ticked.</exception>
    public InterviewSession Untick(string id) => Ticks.Contains(id)
        ? this with { Ticks = [.. Ticks.Where(tick => tick != id)] }
        : throw Unknown(id, "tick", ListsIndicators, Ticks);

    public InterviewSession Noted(string text, TimeProvider clock) => string.IsNullOrWhiteSpace(text)
        ? throw new CourseException("A note needs some text.")
        : this with { Notes = [.. Notes, new(clock.GetUtcNow(), text.Trim())] };

    /// <summary>Keeps how a follow-up was answered; asked again, the later answer counts.</summary>
    /// <exception cref="CourseException">The bank has no such question.</exception>
    public InterviewSession Answered(string question, AnswerLevel answer, string remark, QuestionBank bank) => bank.Find(question) is null
        ? throw Unknown(
            question, "question", $"`course interview followups --count {bank.Questions.Count}` lists those that are left to ask.",
            bank.Questions.Select(each => each.Id))
        : this with { Asked = [.. Asked.Where(asked => asked.Question != question), new(question, answer, remark.Trim())] };

    private const string ListsIndicators = "`course interview show` lists what there is.";

    /// <summary>Names what shares a word with it, if anything does, rather than all that there is.</summary>
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
