using Course.Inference.Checkpoints;

namespace Course.Inference;

/// <summary>
/// Finds the pair of models that comes with the course, or the models that the reader names instead. The lessons run on any checkpoint that
/// <see cref="Checkpoint"/> loads.
/// </summary>
public static class Bundled
{
    /// <summary>The environment variable that names another target model.</summary>
    public const string TargetVariable = "COURSE_TARGET";

    /// <summary>The environment variable that names another draft model.</summary>
    public const string DraftVariable = "COURSE_DRAFT";

    /// <summary>The path of the target model's checkpoint, with which the lessons generate.</summary>
    /// <exception cref="CourseException">There is no such checkpoint.</exception>
    public static string Target => Find("target", TargetVariable);

    /// <summary>The path of the draft model's checkpoint: smaller, with the same vocabulary.</summary>
    /// <exception cref="CourseException">There is no such checkpoint.</exception>
    public static string Draft => Find("draft", DraftVariable);

    /// <summary>Beginnings of stories that were written for the course, so that none of its models has seen them.</summary>
    /// <exception cref="CourseException">The file is missing.</exception>
    public static IReadOnlyList<string> Openings =>
        File.ReadAllLines(
            Find("prompts/openings.txt", File.Exists) ?? throw Missing("data/prompts/openings.txt", "run inside a clone of the course"));

    // A notebook runs in its own folder or in the repository's root; the library is built inside the repository too.
    private static string Find(string name, string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named
        : Find($"models/{name}", Directory.Exists)
            ?? throw Missing($"data/models/{name}", $"run inside a clone of the course, or set {variable} to a checkpoint of your own");

    private static string? Find(string path, Func<string, bool> exists) =>
        Starts.SelectMany(Ancestors).Select(folder => Path.Combine(folder, "data", path)).FirstOrDefault(exists);

    private static string[] Starts =>
        [Directory.GetCurrentDirectory(), Path.GetDirectoryName(typeof(Bundled).Assembly.Location) ?? AppContext.BaseDirectory];

    private static CourseException Missing(string path, string remedy) =>
        new($"{path}, a part of the course, was expected in or above {string.Join(" or ", Starts)}. To use it, {remedy}.");

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = folder; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
            yield return at;
    }
}
