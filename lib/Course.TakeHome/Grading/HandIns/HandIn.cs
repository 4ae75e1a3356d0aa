using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.HandIns;

/// <summary>A hand-in that is what its manifest says. It lies in memory; nothing of it was written anywhere.</summary>
/// <param name="Manifest">The candidate's statement. Seed, times and hints are still only stated.</param>
/// <param name="Sources">C# files of the layout, by path: all that is ever compiled.</param>
/// <param name="Written">Words and pictures of the layout, by path: for reading.</param>
/// <param name="Foreign">Paths that the layout does not know, such as a project file, a build script or an archive: never
/// opened, never copied.</param>
public sealed record HandIn(
    HandInManifest Manifest, IReadOnlyDictionary<string, byte[]> Sources, IReadOnlyDictionary<string, byte[]> Written,
    IReadOnlyList<string> Foreign)
{
    /// <summary>
    /// What another program did to the archive since it was packed, in a sentence; null where nothing shows. Every listed file is byte
    /// for byte what was packed.
    /// </summary>
    public string? Repacked { get; init; }

    /// <summary>Notebooks that are larger than is read, by path, and why; the code is graded all the same.</summary>
    public IReadOnlyDictionary<string, string> SetAside { get; init; } = new Dictionary<string, string>();

    internal static HandIn Of(HandInManifest manifest, IReadOnlyDictionary<string, byte[]> files) => new(
        manifest, Those(files, IsSource), Those(files, IsWritten),
        [.. files.Keys.Where(path => !IsSource(path) && !IsWritten(path)).Order(StringComparer.Ordinal)]);

    private static SortedDictionary<string, byte[]> Those(IReadOnlyDictionary<string, byte[]> files, Func<string, bool> condition) =>
        new(files.Where(file => condition(file.Key)).ToDictionary(), StringComparer.Ordinal);

    private static bool IsSource(string path) =>
        path == HandInLayout.Adapter || (InExercises(path) && path.EndsWith(".cs", StringComparison.Ordinal));

    private static bool IsWritten(string path) =>
        (InExercises(path) && (path.EndsWith(".md", StringComparison.Ordinal) || path.EndsWith(".svg", StringComparison.Ordinal)))
        || (path.StartsWith($"{HandInLayout.Notebooks}/", StringComparison.Ordinal) && path.EndsWith(".ipynb", StringComparison.Ordinal));

    private static bool InExercises(string path) =>
        path.Split('/') is [HandInLayout.Exercises, var exercise, _, ..] && CheckSuite.Visible.Any(suite => suite.Exercise == exercise);
}
