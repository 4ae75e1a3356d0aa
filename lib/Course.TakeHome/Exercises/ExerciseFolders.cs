using System.Globalization;
using Course.TakeHome.Contracts;
using Course.TakeHome.Hidden;

namespace Course.TakeHome.Exercises;

/// <summary>
/// Assembles every exercise from its parts: the texts embedded in this assembly, and the check suites and planted bugs of the same id.
/// </summary>
internal static class ExerciseFolders
{
    // Resource names hold the path separator of the machine that built the assembly.
    private static readonly Dictionary<string, string> Names = typeof(ExerciseFolders).Assembly.GetManifestResourceNames()
        .ToDictionary(name => name.Replace('\\', '/').Replace("Exercises/", "", StringComparison.Ordinal));

    private const string Card = "/card.md";

    public static IReadOnlyList<Exercise> Read()
    {
        var bugs = typeof(ExerciseFolders).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(BugFolder)))
            .Select(type => (BugFolder)Activator.CreateInstance(type)!).ToArray();
        return
        [
            .. Names.Keys.Where(name => name.EndsWith(Card, StringComparison.Ordinal)).Select(name => name[..^Card.Length])
                .Select(id => new Exercise(
                    id, CardOf(id), HintsOf(id), Text($"{id}/Stub.cs"), Text($"{id}/Reference.cs"),
                    Only(CheckSuite.Visible, suite => suite.Exercise == id, $"visible checks of {id}"),
                    Only(HiddenSuites.All, suite => suite.Exercise == id, $"hidden checks of {id}"),
                    Only(bugs, folder => folder.Exercise == id, $"bugs of {id}").Bugs))
                .OrderBy(exercise => exercise.Card.Order),
        ];
    }

    /// <summary>A card begins with lines "name: value"; its text follows the first empty line.</summary>
    private static Card CardOf(string id)
    {
        var text = Text($"{id}/card.md");
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var values = text[..end].Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        int Number(string name) => int.Parse(values[name], CultureInfo.InvariantCulture);
        return new(
            Number("order"), values["title"], Number("difficulty"), Number("importance"), Number("minutes"), values["speaksTo"].Split(' '),
            text[(end + 2)..]);
    }

    /// <summary>Each hint is the text below a heading of its own.</summary>
    private static string[] HintsOf(string id) =>
    [
        .. Text($"{id}/hints.md").Split("\n## ", StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(hint => hint[(hint.IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim()),
    ];

    private static T Only<T>(IEnumerable<T> all, Func<T, bool> condition, string what) => all.SingleOrDefault(condition)
        ?? throw new CourseException($"There are no {what}.");

    private static string Text(string name)
    {
        if (!Names.TryGetValue(name, out var resource))
            throw new CourseException($"Exercises/{name} is missing.");
        using var stream = typeof(ExerciseFolders).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}

/// <summary>The planted bugs of one exercise.</summary>
internal abstract class BugFolder
{
    public abstract string Exercise { get; }

    public abstract IReadOnlyList<PlantedBug> Bugs { get; }
}
