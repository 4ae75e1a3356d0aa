using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Grading.Running;

/// <summary>
/// What to ask about checks that failed: questions of the bank that name them, each once in a report. Several failures have one
/// cause, and one conversation.
/// </summary>
/// <param name="bank">The questions; null where there are none.</param>
internal sealed class Suggestions(QuestionBank? bank)
{
    /// <summary>Fits every check.</summary>
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
