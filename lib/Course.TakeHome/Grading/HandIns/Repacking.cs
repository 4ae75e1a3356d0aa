using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.HandIns;

/// <summary>
/// What happens to an archive between `pack` and grading without anybody's meaning to: a system unpacks it and packs it again, a mail
/// program rewrites line ends.
/// </summary>
internal static class Repacking
{
    /// <summary>The one folder that lies around everything, with its slash; empty where there is none.</summary>
    public static string FolderAround(IReadOnlyCollection<string> paths)
    {
        if (paths.Contains(HandInLayout.Manifest)
            || paths.FirstOrDefault(path => path.EndsWith($"/{HandInLayout.Manifest}", StringComparison.Ordinal)) is not { } manifest)
            return "";
        var around = manifest[..^HandInLayout.Manifest.Length];
        return paths.All(path => path.StartsWith(around, StringComparison.Ordinal)) ? around : "";
    }

    /// <summary>Null where nothing shows.</summary>
    public static string? Told(string around, int litter) => (around.Length, litter) switch
    {
        (0, 0) => null,
        (0, _) => $"The archive was packed again by a program that added {litter} entries of its own. They were not opened.",
        (_, 0) => $"The archive was packed again, with a folder \"{EntryName.Shown(around)}\" around everything.",
        _ =>
            $"The archive was packed again, with a folder \"{EntryName.Shown(around)}\" around everything and {litter} entries that a " +
            "program added. They were not opened.",
    };

    /// <summary>How a file differs from the listed one, as far as its hash tells.</summary>
    public static string WhatChanged(byte[] bytes, HandInFile listed)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        string[] forms = [text, text.ReplaceLineEndings("\r\n"), "\uFEFF" + text, "\uFEFF" + text.ReplaceLineEndings("\r\n")];
        return forms.Any(form => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form))) == listed.Sha256)
            ? "only line ends or a byte order mark differ, as a mail or synchronising program rewrites them. " +
                "Ask for the archive as `pack` wrote it"
            : "it was changed after packing. Ask for the archive as `pack` wrote it";
    }
}
