using Course.TakeHome.Contracts;

namespace Course.TakeHome.Exercises;

/// <summary>
/// One exercise is one folder: <c>card.md</c>, <c>hints.md</c>, <c>Stub.cs</c> and <c>Reference.cs</c> as text; <c>Contract.cs</c> and
/// <c>Visible*.cs</c>, compiled into Course.TakeHome.Contracts; <c>HiddenChecks.cs</c>, compiled into Course.TakeHome.Hidden;
/// <c>Bugs.cs</c>, compiled here.
/// </summary>
/// <param name="Id">The folder's name, such as <c>rejection</c>.</param>
/// <param name="Card">What the candidate reads first.</param>
/// <param name="Hints">Three tiers: a direction, the idea, the way.</param>
/// <param name="Stub">The text of the candidate's Answer.cs: compiles, and throws <see cref="NotImplementedException"/>
/// naming the exercise.</param>
/// <param name="Reference">The text of an Answer.cs that is right. It never leaves this assembly.</param>
/// <param name="Visible">Checks that the candidate runs.</param>
/// <param name="Hidden">Checks that grade.</param>
/// <param name="Bugs">Wrong answers.</param>
public sealed record Exercise(
    string Id, Card Card, IReadOnlyList<string> Hints, string Stub, string Reference, CheckSuite Visible, CheckSuite Hidden,
    IReadOnlyList<PlantedBug> Bugs)
{
    /// <summary>Every exercise, in the order of the cards.</summary>
    public static IReadOnlyList<Exercise> All { get; } = ExerciseFolders.Read();

    /// <summary>Whether what is right hangs on the seed; otherwise the seed decides nothing but data.</summary>
    public bool AnswerVaries => ReferenceFor(0) != Reference;

    /// <summary>The candidate's Answer.cs as it is given out.</summary>
    public string StubFor(ulong seed) => Filled(Stub, seed);

    /// <summary>An Answer.cs that is right under this seed.</summary>
    public string ReferenceFor(ulong seed) => Filled(Reference, seed);

    /// <summary>A text of this exercise with what the seed decides in it.</summary>
    public string Filled(string text, ulong seed) =>
        Visible.Values(new(seed, Id))
            .Aggregate(text, (filled, value) => filled.Replace($"{{{{{value.Key}}}}}", value.Value, StringComparison.Ordinal));

    /// <exception cref="CourseException">There is no such exercise.</exception>
    public static Exercise Named(string id) => All.FirstOrDefault(exercise => exercise.Id == id)
        ?? throw new CourseException($"There is no exercise \"{id}\". They are: {string.Join(", ", All.Select(exercise => exercise.Id))}.");
}

/// <summary>What the candidate reads first.</summary>
/// <param name="Order">Its number.</param>
/// <param name="Title">Its title.</param>
/// <param name="Difficulty">1 to 5.</param>
/// <param name="Importance">1 to 5.</param>
/// <param name="Minutes">An estimate. Together they are more than a candidate has: whoever leaves something out has chosen.</param>
/// <param name="SpeaksTo">Indicators of the rubric that the written answers may show. Whether they do, a human judges; candidates
/// do not see this.</param>
/// <param name="Text">Goal, inputs, example, prediction, measurement, "break it" and questions, as Markdown with <c>{{places}}</c>
/// that the seed fills.</param>
public sealed record Card(
    int Order, string Title, int Difficulty, int Importance, int Minutes, IReadOnlyList<string> SpeaksTo, string Text);

/// <summary>A wrong answer, as an edit of the right one.</summary>
/// <param name="Name">A handle.</param>
/// <param name="Check">The visible check that must object: the mechanism.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Find">Text that occurs once in the reference.</param>
/// <param name="Replacement">What stands there instead.</param>
public sealed record PlantedBug(string Name, string Check, string Wrong, string Find, string Replacement)
{
    /// <summary>The reference with the bug in it.</summary>
    /// <exception cref="CourseException">The text does not occur exactly once.</exception>
    public string In(string reference)
    {
        var at = reference.IndexOf(Find, StringComparison.Ordinal);
        return at >= 0 && reference.IndexOf(Find, at + 1, StringComparison.Ordinal) < 0
            ? reference.Replace(Find, Replacement, StringComparison.Ordinal)
            : throw new CourseException($"Bug \"{Name}\": its text must occur exactly once in the reference.");
    }
}
