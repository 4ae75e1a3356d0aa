using System.Globalization;
using Course.TakeHome.Grading.HandIns;

namespace Course.TakeHome.Folder;

/// <summary>A seed as it is given for grading: <c>4711</c>, or <c>ada=4711</c>.</summary>
/// <param name="Name">The name of the archive without its extension; null for the seed of the only folder.</param>
/// <param name="Seed">The seed that was given out.</param>
public readonly record struct NamedSeed(string? Name, ulong Seed)
{
    public static bool TryParse(string text, out NamedSeed seed)
    {
        var at = text.LastIndexOf('=');
        var number = ulong.TryParse(text[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        seed = new(at < 0 ? null : text[..at], value);
        return number && at != 0;
    }
}

/// <summary>
/// The seed with which each archive's folder was given out: the named one, or else the register's. If neither is known, only the seed that
/// the archive states is left.
/// </summary>
public sealed class GivenSeeds
{
    private readonly Dictionary<string, ulong> byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ulong? only;

    /// <summary>Assigns seeds to archives.</summary>
    /// <param name="archives">The archives to grade.</param>
    /// <param name="named">The seeds that were named.</param>
    /// <param name="register">The register of candidates; null if there is none.</param>
    /// <exception cref="CourseException">One seed is named for archives of several folders, or a seed is named for no
    /// archive.</exception>
    public GivenSeeds(IReadOnlyList<string> archives, IReadOnlyList<NamedSeed> named, CandidateRegister? register)
    {
        foreach (var candidate in register?.Read() ?? [])
            byName[candidate.Name] = candidate.Seed;
        foreach (var (name, seed) in named)
            if (name is null)
                only = named.Count == 1
                    ? seed
                    : throw new CourseException(
                        $"--seed {seed}: with several seeds each needs a name, such as --seed ada={seed} for ada.zip.");
            else
                byName[archives.Any(archive => Name(archive).Equals(name, StringComparison.OrdinalIgnoreCase)) ? name
                    : throw new CourseException($"--seed {name}={seed}: no archive is called {name}.zip. "
                        + $"They are: {string.Join(", ", archives.Select(Path.GetFileName).Take(20))}.")] = seed;
        if (only is not null && Folders(archives) > 1)
            throw new CourseException(
                $"--seed {only} is the seed of one folder, and the {archives.Count} archives come from several. Name each: "
                + string.Join(' ', archives.Take(3).Select(archive => $"--seed {Name(archive)}=…"))
                + (archives.Count > 3 ? " …" : "")
                + $"; or leave --seed out where {CandidateRegister.FileName}, as `course take-home new` writes it, knows them.");
    }

    /// <summary>The seed of an archive; null if it is not known. Grading then takes the stated one, and the report says so.</summary>
    public ulong? Of(string archive) => only ?? (byName.TryGetValue(Name(archive), out var seed) ? seed : null);

    private static string Name(string archive) => Path.GetFileNameWithoutExtension(archive);

    /// <summary>
    /// The number of different folders that the archives state. Archives that cannot be read do not count, because no seed is needed for
    /// them.
    /// </summary>
    private static int Folders(IReadOnlyList<string> archives) =>
        archives.Count == 1 ? 1 : archives.Select(Stated).OfType<(ulong, DateTimeOffset)>().Distinct().Count();

    private static (ulong Seed, DateTimeOffset Created)? Stated(string archive)
    {
        try
        {
            var manifest = HandInReader.Read(archive).Manifest;
            return (manifest.Seed, manifest.Created);
        }
        catch (HandInRejectedException)
        {
            return null;
        }
    }
}
