using Course.Inference.Checkpoints;

namespace Course.Inference;

/// <summary>
/// Finds the pair of models that comes with the course, or the ones that the reader names instead:
/// the lessons run on any checkpoint that <see cref="Checkpoint"/> loads.
/// </summary>
public static class Bundled
{
    public const string TargetVariable = "COURSE_TARGET";
    public const string DraftVariable = "COURSE_DRAFT";

    /// <summary>The checkpoint that the lessons generate with.</summary>
    /// <exception cref="CourseException">There is none.</exception>
    public static string Target => Find("target", TargetVariable);

    /// <summary>The smaller checkpoint on the same vocabulary, which guesses for the target.</summary>
    /// <exception cref="CourseException">There is none.</exception>
    public static string Draft => Find("draft", DraftVariable);

    /// <summary>Beginnings of stories that were written for the course, so that no model of it has seen them.</summary>
    /// <exception cref="CourseException">They are not here.</exception>
    public static IReadOnlyList<string> Openings =>
        File.ReadAllLines(
            Find("prompts/openings.txt", File.Exists) ?? throw Missing("data/prompts/openings.txt", "run inside a clone of the course"));

    // A notebook runs in its own folder or in the repository's; the library is built inside the repository too.
    private static string Find(string name, string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named
        : Find($"models/{name}", Directory.Exists)
            ?? throw Missing($"data/models/{name}", $"run inside a clone of the course, or set {variable} to a checkpoint of your own");

    private static string? Find(string path, Func<string, bool> exists) =>
        Starts.SelectMany(Ancestors).Select(folder => Path.Combine(folder, "data", path)).FirstOrDefault(exists);

    private static string[] Starts => [
        Directory.GetCurrentDirectory(), Path.GetDirectoryName(typeof(Bundled).Assembly.Location) ?? AppContext.BaseDirectory
    ];

    private static CourseException Missing(string path, string remedy) =>
        new($"What comes with the course is not here: expected {path} in or above {string.Join(" or ", Starts)}. To have it, {remedy}.");

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = folder; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
            yield return at;
    }
}
