using Course.TakeHome.Grading.Reports;
using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>A suggested question for a candidate, and the reasons for it.</summary>
public sealed record FollowUp(Question Question, IReadOnlyList<string> Because)
{
    private const int ForACheck = 6, ForAnExercise = 3, ForTheNextLevel = 2, ForAnyLevel = 1;

    /// <summary>
    /// The questions that would reveal most about this candidate: first those that name a failed check, then those that name its exercise,
    /// then those that settle indicators that are not ticked, the next level's before others. Among equals, topics alternate. Questions
    /// that were asked are left out.
    /// </summary>
    public static IReadOnlyList<FollowUp> For(InterviewSession session, Rubric rubric, QuestionBank bank, int count)
    {
        var asked = session.Asked.Select(each => each.Question).ToHashSet();
        var open = bank.Questions.Where(question => !asked.Contains(question.Id)).Select(question => Weigh(question, session, rubric))
            .Where(each => each.Weight > 0).ToList();
        var chosen = new List<FollowUp>();
        while (chosen.Count < count && open.Count > 0)
        {
            var best = open.OrderByDescending(each => each.Weight)
                .ThenBy(each => chosen.Count(other => other.Question.Topic == each.FollowUp.Question.Topic)).First();
            open.Remove(best);
            chosen.Add(best.FollowUp);
        }
        return chosen;
    }

    private static (FollowUp FollowUp, int Weight) Weigh(Question question, InterviewSession session, Rubric rubric)
    {
        var failed = session.Failed.Select(finding => (Finding: finding, Weight: Weight(finding, question))).Where(each => each.Weight > 0)
            .OrderByDescending(each => each.Weight).ToArray();
        var missing = question.Settles.Where(id => !session.Ticks.Contains(id)).Select(id => rubric.Find(id)!.Value).ToArray();
        var weight = failed.Take(2).Sum(each => each.Weight)
            + missing.Select(at => IsNext(at.Part, at.Level, session) ? ForTheNextLevel : ForAnyLevel).DefaultIfEmpty(0).Max();
        return (
            new(
                question,
                [
                    .. failed.Select(each => $"failed {each.Finding.Id}: {each.Finding.Summary}"),
                    .. missing.Select(at => $"not observed yet ({at.Part.Title} {at.Level.Score}): {at.Indicator.Text}")
                ]), weight);
    }

    /// <summary>
    /// Findings that no question of the bank is about, such as a wrong seed: for these the report has a question of its own.
    /// </summary>
    public static IReadOnlyList<Finding> OfTheReport(InterviewSession session, QuestionBank bank) =>
        [.. session.Failed.Where(finding => finding.FollowUp.Length > 0 && bank.Questions.All(question => Weight(finding, question) == 0))];

    /// <summary>How closely a question is about a finding: by <c>exercise/check</c>, by one of the two, or not at all.</summary>
    private static int Weight(Finding finding, Question question)
    {
        var parts = finding.Id.Split('/');
        return question.SuggestedBy.Select(name => name.Split('/')).Where(name => name.All(parts.Contains))
            .Select(name => name.Length > 1 ? ForACheck : ForAnExercise).DefaultIfEmpty(0).Max();
    }

    private static bool IsNext(RubricPart part, Level level, InterviewSession session) =>
        level.Score == PartScore.Of(part, session.Ticks.ToHashSet()).Reached + 1;
}
