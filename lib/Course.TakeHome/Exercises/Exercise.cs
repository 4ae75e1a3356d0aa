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
/// <param name="Stub">The text of the candidate's Answer.cs. It compiles, and throws a <see cref="NotImplementedException"/> that names
/// the exercise.</param>
/// <param name="Reference">The text of a correct Answer.cs. It never leaves this assembly.</param>
/// <param name="Visible">Checks that the candidate runs.</param>
/// <param name="Hidden">Checks that only grading runs.</param>
/// <param name="Bugs">Planted bugs: the reference with one mistake each.</param>
public sealed record Exercise(
    string Id, Card Card, IReadOnlyList<string> Hints, string Stub, string Reference, CheckSuite Visible, CheckSuite Hidden,
    IReadOnlyList<PlantedBug> Bugs)
{
    /// <summary>Every exercise, in the order of the cards.</summary>
    public static IReadOnlyList<Exercise> All { get; } = ExerciseFolders.Read();

    /// <summary>Whether the correct answer depends on the seed. Otherwise the seed decides only the data of the checks.</summary>
    public bool AnswerVaries => ReferenceFor(0) != Reference;

    /// <summary>The candidate's Answer.cs as it is given out.</summary>
    public string StubFor(ulong seed) => Filled(Stub, seed);

    /// <summary>A correct Answer.cs under this seed.</summary>
    public string ReferenceFor(ulong seed) => Filled(Reference, seed);

    /// <summary>A text of this exercise with its <c>{{placeholders}}</c> replaced by the values of this seed.</summary>
    public string Filled(string text, ulong seed) =>
        Visible.Values(new(seed, Id))
            .Aggregate(text, (filled, value) => filled.Replace($"{{{{{value.Key}}}}}", value.Value, StringComparison.Ordinal));

    /// <exception cref="CourseException">There is no such exercise.</exception>
    public static Exercise Named(string id) => All.FirstOrDefault(exercise => exercise.Id == id)
        ?? throw new CourseException($"There is no exercise \"{id}\". They are: {string.Join(", ", All.Select(exercise => exercise.Id))}.");
}

/// <summary>What the candidate reads first.</summary>
/// <param name="Order">The exercise's number, from 1.</param>
/// <param name="Title">The title, also of its notebook and its report section.</param>
/// <param name="Difficulty">1 to 5.</param>
/// <param name="Importance">1 to 5.</param>
/// <param name="Minutes">An estimate. All exercises together take more time than a candidate has, so that choosing is part of the
/// task.</param>
/// <param name="SpeaksTo">Indicators of the rubric that the written answers may show. A human judges whether they do; candidates do not
/// see this list.</param>
/// <param name="Text">Goal, inputs, example, prediction, measurement, "break it" and questions, as Markdown with
/// <c>{{placeholders}}</c> that the seed fills.</param>
public sealed record Card(
    int Order, string Title, int Difficulty, int Importance, int Minutes, IReadOnlyList<string> SpeaksTo, string Text);

/// <summary>A planted bug: a wrong answer, as an edit of the reference.</summary>
/// <param name="Name">A short name that is unique within the exercise.</param>
/// <param name="Check">The visible check that must fail: it names the mechanism that the bug breaks.</param>
/// <param name="Wrong">What is wrong, in a sentence.</param>
/// <param name="Find">Text that occurs exactly once in the reference.</param>
/// <param name="Replacement">The text that replaces it.</param>
public sealed record PlantedBug(string Name, string Check, string Wrong, string Find, string Replacement)
{
    /// <summary>The reference with this bug planted in it.</summary>
    /// <exception cref="CourseException">The text to find does not occur exactly once.</exception>
    public string In(string reference)
    {
        var at = reference.IndexOf(Find, StringComparison.Ordinal);
        return at >= 0 && reference.IndexOf(Find, at + 1, StringComparison.Ordinal) < 0
            ? reference.Replace(Find, Replacement, StringComparison.Ordinal)
            : throw new CourseException($"Bug \"{Name}\": its text must occur exactly once in the reference.");
    }
}
