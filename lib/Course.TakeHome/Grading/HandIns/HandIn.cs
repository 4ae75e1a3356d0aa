using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.HandIns;

/// <summary>A hand-in whose files agree with its manifest. It is kept in memory; nothing of it was written to disk.</summary>
/// <param name="Manifest">The candidate's statement. Seed, times and hints in it are not verified.</param>
/// <param name="Sources">The C# files of the layout, by path: only these are compiled.</param>
/// <param name="Written">Texts, pictures and notebooks of the layout, by path: for reading only.</param>
/// <param name="Foreign">Paths that do not belong to the layout, such as a project file, a build script or an archive. They are never
/// opened or copied.</param>
public sealed record HandIn(
    HandInManifest Manifest, IReadOnlyDictionary<string, byte[]> Sources, IReadOnlyDictionary<string, byte[]> Written,
    IReadOnlyList<string> Foreign)
{
    /// <summary>
    /// How another program changed the archive after it was packed, in a sentence; null if there is no sign of it. Every listed file still
    /// has the bytes that were packed.
    /// </summary>
    public string? Repacked { get; init; }

    /// <summary>Notebooks that were not read, and the reason, by path. The code is graded without them.</summary>
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
