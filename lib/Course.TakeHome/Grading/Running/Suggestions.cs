using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Running;

/// <summary>
/// Suggests questions about failed checks: questions of the bank that name the check, each at most once in a report, because several
/// failures often have one cause.
/// </summary>
/// <param name="bank">The question bank; null if there is none.</param>
internal sealed class Suggestions(QuestionBank? bank)
{
    /// <summary>The question about a check that no question of the bank names.</summary>
    public const string Anyway = "What does it mean for a user, and where would you look?";

    private readonly HashSet<string> suggested = [];

    public string For(string exercise, string check)
    {
        var question = bank?.Questions.FirstOrDefault(
            question => question.SuggestedBy.Contains($"{exercise}/{check}") && !suggested.Contains(question.Id));
        if (question is null)
            return Anyway;
        suggested.Add(question.Id);
        return $"{question.Text} A good answer: {question.Good}";
    }
}
