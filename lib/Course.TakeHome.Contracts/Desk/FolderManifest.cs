using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary><c>take-home.json</c>: what a candidate's folder was made from. It is never written again.</summary>
/// <param name="Version">Of the folder's layout.</param>
/// <param name="Seed">What every <see cref="Variation"/> of it begins with.</param>
/// <param name="Minutes">Time allowed.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Exercises">Ids, in order.</param>
public sealed record FolderManifest(int Version, ulong Seed, int Minutes, DateTimeOffset Created, IReadOnlyList<string> Exercises)
{
    public const int CurrentVersion = 1;
    public const string FileName = "take-home.json";

    public string ToJson() => JsonSerializer.Serialize(this, HandInLayout.Json);

    /// <exception cref="CourseException">The folder is none, or of another version.</exception>
    public static FolderManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new CourseException(
                $"{Path.GetFullPath(folder)} is no take-home folder: it has no {FileName}. Run the command " +
                "inside the folder that you were given.");
        var manifest = Json.Read<FolderManifest>(path);
        return manifest.Version == CurrentVersion
            ? manifest
            : throw new CourseException($"{path}: expected version {CurrentVersion}, got {manifest.Version}.");
    }
}

internal static class Json
{
    /// <exception cref="CourseException">The file is not what was written.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        try
        {
            return StrictJson.Read<T>(File.ReadAllText(path), HandInLayout.Json);
        }
        catch (JsonException e)
        {
            throw new CourseException(
                $"{path} was changed and cannot be read any more: {e.Message} Put it back as it was; if you " +
                "cannot, ask whoever gave you the folder.", e);
        }
    }
}
