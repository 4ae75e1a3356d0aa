using System.Text.Json;

namespace Course.TakeHome.Contracts;

/// <summary><c>take-home.json</c>: what a candidate's folder was made from. It is written once and never changed.</summary>
/// <param name="Version">The version of the folder's layout.</param>
/// <param name="Seed">The seed of every <see cref="Variation"/> in it.</param>
/// <param name="Minutes">The time allowed, in minutes.</param>
/// <param name="Created">When the folder was created.</param>
/// <param name="Exercises">Ids of the exercises, in order.</param>
public sealed record FolderManifest(int Version, ulong Seed, int Minutes, DateTimeOffset Created, IReadOnlyList<string> Exercises)
{
    public const int CurrentVersion = 1;
    public const string FileName = "take-home.json";

    public string ToJson() => JsonSerializer.Serialize(this, HandInLayout.Json);

    /// <summary>Reads the manifest of a folder.</summary>
    /// <exception cref="CourseException">This is no take-home folder, or one of another version.</exception>
    public static FolderManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new CourseException(
                $"{Path.GetFullPath(folder)} is not a take-home folder: it has no {FileName}. Run the command inside the folder that you "
                + "were given.");
        var manifest = Json.Read<FolderManifest>(path);
        return manifest.Version == CurrentVersion
            ? manifest
            : throw new CourseException($"{path}: expected version {CurrentVersion}, got {manifest.Version}.");
    }
}

/// <summary>Reads JSON files of a candidate's folder.</summary>
internal static class Json
{
    /// <exception cref="CourseException">The file is not valid.</exception>
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
                $"{path} was changed and cannot be read any more: {e.Message} Restore it; if you cannot, ask the person who gave you the "
                + "folder.", e);
        }
    }
}
