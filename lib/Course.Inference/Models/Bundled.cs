namespace Course.Inference.Models;

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

    // A notebook runs in its own folder or in the repository's; the library is built inside the repository too.
    private static string Find(string name, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
            return named;
        string[] starts = [Directory.GetCurrentDirectory(), Path.GetDirectoryName(typeof(Bundled).Assembly.Location) ?? AppContext.BaseDirectory];
        return starts.SelectMany(Ancestors).Select(folder => Path.Combine(folder, "data", "models", name)).FirstOrDefault(Directory.Exists)
            ?? throw new CourseException(
                $"The bundled {name} is not here: expected a folder data/models/{name} in or above {string.Join(" or ", starts)}. " +
                $"Run inside a clone of the course, or set {variable} to a checkpoint of your own.");
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = folder; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
            yield return at;
    }
}
