namespace Course.Site;

/// <summary>
/// Resolves the links of a notebook for its page: to the page of another notebook or to a file in the repository. Pictures
/// are embedded in the page.
/// </summary>
/// <param name="notebookFolder">The folder to which the links in the notebook are relative.</param>
/// <param name="page">The path of the page.</param>
/// <param name="pages">The pages of all notebooks of the site, by the full path of the notebook.</param>
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
            // Jupyter keeps capitals in anchors; ours are lower case.
            return fragment.ToLowerInvariant();
        }

        if (LocalFile(path) is not { } file)
            return IsSafe(url) ? url : "#";

        var target = pages.TryGetValue(file, out var other) ? other : file;
        return Relative(target) + fragment.ToLowerInvariant();
    }

    /// <summary>Returns the picture as a data URL; null if it would need a network.</summary>
    public string? ForPicture(string url)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return url;

        return LocalFile(url) is { } file
            && PictureTypes.TryGetValue(Path.GetExtension(file), out var type)
            && new FileInfo(file) is { Exists: true, Length: <= LargestPicture }
            ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}"
            : null;
    }

    /// <summary>Whether an address with a scheme is a plain link: no <c>javascript:</c>, no <c>data:</c>.</summary>
    private static bool IsSafe(string url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is "http" or "https" or "mailto" or "file";

    private string? LocalFile(string path)
    {
        if (path.Contains(':', StringComparison.Ordinal) || path.StartsWith('/') || path.StartsWith('\\'))
            return null;

        var file = Path.GetFullPath(Path.Combine(notebookFolder, Uri.UnescapeDataString(path)));
        return Path.Exists(file) || pages.ContainsKey(file) ? file : null;
    }

    private string Relative(string target) => PathToUrl(Path.GetRelativePath(Path.GetDirectoryName(page)!, target));

    internal static string PathToUrl(string path) =>
        string.Join('/', path.Split(Path.DirectorySeparatorChar, '/').Select(Uri.EscapeDataString));
}
