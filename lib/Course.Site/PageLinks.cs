namespace Course.Site;

/// <summary>
/// Where the links of a notebook lead once it is a page elsewhere: to the page of another notebook, to the file in the
/// repository, or, for pictures, into the page itself.
/// </summary>
/// <param name="notebookFolder">The folder that the notebook's own links are relative to.</param>
/// <param name="page">The page's path.</param>
/// <param name="pages">The page of every notebook of the site, by the notebook's full path.</param>
public sealed class PageLinks(string notebookFolder, string page, IReadOnlyDictionary<string, string> pages)
{
    private const long LargestPicture = 8 << 20;

    private static readonly Dictionary<string, string> PictureTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".svg"] = "image/svg+xml",
    };

    public string ForLink(string url)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var (path, fragment) = hash < 0 ? (url, "") : (url[..hash], url[hash..]);
        if (path.Length == 0)
        {
            // Jupyter keeps capitals in anchors; ours have none.
            return fragment.ToLowerInvariant();
        }

        if (LocalFile(path) is not { } file)
        {
            return IsSafe(url) ? url : "#";
        }

        var target = pages.TryGetValue(file, out var other) ? other : file;
        return Relative(target) + fragment.ToLowerInvariant();
    }

    /// <summary>The picture as a data address; null when it is not to be had without a network.</summary>
    public string? ForPicture(string url)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return url;
        }

        return LocalFile(url) is { } file
            && PictureTypes.TryGetValue(Path.GetExtension(file), out var type)
            && new FileInfo(file) is { Exists: true, Length: <= LargestPicture }
            ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}"
            : null;
    }

    /// <summary>Of addresses with a scheme those that only lead somewhere: no <c>javascript:</c>, no <c>data:</c>.</summary>
    private static bool IsSafe(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is "http" or "https" or "mailto" or "file";

    private string? LocalFile(string path)
    {
        if (path.Contains(':', StringComparison.Ordinal) || path.StartsWith('/') || path.StartsWith('\\'))
        {
            return null;
        }

        var file = Path.GetFullPath(Path.Combine(notebookFolder, Uri.UnescapeDataString(path)));
        return Path.Exists(file) || pages.ContainsKey(file) ? file : null;
    }

    private string Relative(string target) => PathToUrl(Path.GetRelativePath(Path.GetDirectoryName(page)!, target));

    internal static string PathToUrl(string path) =>
        string.Join('/', path.Split(Path.DirectorySeparatorChar, '/').Select(Uri.EscapeDataString));
}
