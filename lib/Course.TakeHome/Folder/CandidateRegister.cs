using System.Text.Json;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Folder;

/// <summary>A folder that was given out to a candidate.</summary>
/// <param name="Name">The name of the folder. Grading takes an archive of the same name for this candidate's.</param>
/// <param name="Seed">The seed of the folder.</param>
/// <param name="Minutes">The time allowed, in minutes.</param>
/// <param name="Created">When the folder was created.</param>
public sealed record RegisteredCandidate(string Name, ulong Seed, int Minutes, DateTimeOffset Created);

/// <summary>
/// <c>candidates.json</c>: the seed that each candidate was given. It lies beside the folders, never in one, and only its owner may read
/// it.
/// </summary>
public sealed class CandidateRegister(string path)
{
    public const string FileName = "candidates.json";

    private const long LargestFile = 4 << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>The register that lies beside a candidate's folder.</summary>
    public static CandidateRegister Beside(string folder) =>
        new(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder.TrimEnd('/', '\\'))) ?? folder, FileName));

    public bool Exists => File.Exists(FullPath);

    /// <summary>Adds a candidate.</summary>
    /// <returns>The entry of the same name that was replaced; null if there was none.</returns>
    /// <exception cref="CourseException">The register cannot be read or written.</exception>
    public RegisteredCandidate? Add(RegisteredCandidate candidate) => LockedFile.WithLock(FullPath, () =>
    {
        var known = Exists ? Read() : [];
        AtomicFile.WritePrivate(FullPath,
            stream => JsonSerializer.Serialize(stream, known.Where(each => !IsNamed(each, candidate.Name)).Append(candidate), Json));
        return known.FirstOrDefault(each => IsNamed(each, candidate.Name));
    });

    /// <summary>Reads all entries.</summary>
    /// <exception cref="CourseException">The file cannot be read, or is not a register.</exception>
    public IReadOnlyList<RegisteredCandidate> Read()
    {
        try
        {
            if (Exists && (!PlainFile.HasContent(FullPath) || new FileInfo(FullPath).Length > LargestFile))
                throw new JsonException($"it is empty, not a file, or larger than {LargestFile >> 20} MiB");
            return StrictJson.Read<IReadOnlyList<RegisteredCandidate>>(File.ReadAllText(FullPath), Json);
        }
        catch (JsonException e)
        {
            throw new CourseException(
                $"{FullPath} is not a register of candidates ({e.Message.TrimEnd('.')}). "
                + "`course take-home new` writes it; name another one with --candidates.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException($"{FullPath} cannot be read ({e.Message.TrimEnd('.')}). Name another register with --candidates.", e);
        }
    }

    /// <summary>Whether an entry has a name. Case is ignored, because names are file names.</summary>
    internal static bool IsNamed(RegisteredCandidate candidate, string name) =>
        candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
