using System.Text.Json;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Folder;

/// <summary>A folder that was given out.</summary>
/// <param name="Name">The folder's, which is the candidate's as far as grading goes: an archive of the same name is theirs.</param>
/// <param name="Seed">What the folder varies by.</param>
/// <param name="Minutes">Time allowed.</param>
/// <param name="Created">When it was made.</param>
public sealed record RegisteredCandidate(string Name, ulong Seed, int Minutes, DateTimeOffset Created);

/// <summary>
/// <c>candidates.json</c>: which seed each candidate was given. It lies beside the folders, never in one, and its owner alone may
/// read it.
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

    /// <summary>The register of the folders that lie beside this one.</summary>
    public static CandidateRegister Beside(string folder) =>
        new(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder.TrimEnd('/', '\\'))) ?? folder, FileName));

    public bool Exists => File.Exists(FullPath);

    /// <summary>Adds a candidate. Returns the entry of the same name that it replaces; null where there was none.</summary>
    /// <exception cref="CourseException">The register cannot be read or written.</exception>
    public RegisteredCandidate? Add(RegisteredCandidate candidate) => LockedFile.WithLock(FullPath, () =>
    {
        var known = Exists ? Read() : [];
        AtomicFile.WritePrivate(FullPath,
            stream => JsonSerializer.Serialize(stream, known.Where(each => !IsNamed(each, candidate.Name)).Append(candidate), Json));
        return known.FirstOrDefault(each => IsNamed(each, candidate.Name));
    });

    /// <exception cref="CourseException">It cannot be read, or holds something else.</exception>
    public IReadOnlyList<RegisteredCandidate> Read()
    {
        try
        {
            if (Exists && (!PlainFile.HasContent(FullPath) || new FileInfo(FullPath).Length > LargestFile))
                throw new JsonException($"it is empty, no file at all, or larger than {LargestFile >> 20} MiB");
            return StrictJson.Read<IReadOnlyList<RegisteredCandidate>>(File.ReadAllText(FullPath), Json);
        }
        catch (JsonException e)
        {
            throw new CourseException(
                $"{FullPath} is no register of candidates ({e.Message.TrimEnd('.')}). `course take-home new` writes " +
                "it; name another one with --candidates.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException($"{FullPath} cannot be read ({e.Message.TrimEnd('.')}). Name another register with --candidates.", e);
        }
    }

    /// <summary>Names are those of files, so case does not tell two apart.</summary>
    internal static bool IsNamed(RegisteredCandidate candidate, string name) =>
        candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
