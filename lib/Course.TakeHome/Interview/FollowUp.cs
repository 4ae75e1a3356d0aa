using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>A question for this candidate, and why this one.</summary>
public sealed record FollowUp(Question Question, IReadOnlyList<string> Because)
{
    private const int ForAFailure = 4, ForTheNextLevel = 2, ForAnyLevel = 1;

    /// <summary>
    /// The questions that would say most about this candidate: those that a failed finding suggests, then those that settle indicators which are
    /// not ticked, the next level's before others. Topics take turns among equals; what was asked does not come again.
    /// </summary>
    public static IReadOnlyList<FollowUp> For(InterviewSession session, Rubric rubric, QuestionBank bank, int count)
    {
        var asked = session.Asked.Select(each => each.Question).ToHashSet();
        var open = bank.Questions.Where(question => !asked.Contains(question.Id)).Select(question => Weigh(question, session, rubric)).Where(each => each.Weight > 0).ToList();
        var chosen = new List<FollowUp>();
        while (chosen.Count < count && open.Count > 0)
        {
            var best = open.OrderByDescending(each => each.Weight).ThenBy(each => chosen.Count(other => other.Question.Topic == each.FollowUp.Question.Topic)).First();
            open.Remove(best);
            chosen.Add(best.FollowUp);
        }
        return chosen;
    }

    private static (FollowUp FollowUp, int Weight) Weigh(Question question, InterviewSession session, Rubric rubric)
    {
        var failed = session.Findings.Where(finding => finding.Failed && question.SuggestedBy.Any(finding.Concerns)).ToArray();
        var missing = question.Settles.Where(id => !session.Ticks.Contains(id)).Select(id => rubric.Find(id)!.Value).ToArray();
        var weight = (ForAFailure * Math.Min(failed.Length, 2)) + missing.Select(at => IsNext(at.Part, at.Level, session) ? ForTheNextLevel : ForAnyLevel).DefaultIfEmpty(0).Max();
        return (new(question, [.. failed.Select(finding => $"failed {finding.Id}: {finding.Summary}"), .. missing.Select(at => $"not observed yet ({at.Part.Title} {at.Level.Score}): {at.Indicator.Text}")]), weight);
    }

    private static bool IsNext(RubricPart part, Level level, InterviewSession session) => level.Score == PartScore.Of(part, session.Ticks.ToHashSet()).Reached + 1;
}
