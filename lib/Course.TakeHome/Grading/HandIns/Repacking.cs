using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.HandIns;

/// <summary>
/// Detects what happens to an archive by accident between `pack` and grading: a system unpacks it and packs it again, or a mail program
/// changes line ends.
/// </summary>
internal static class Repacking
{
    /// <summary>The one folder that contains everything, with its slash; empty if there is none.</summary>
    public static string FolderAround(IReadOnlyCollection<string> paths)
    {
        if (paths.Contains(HandInLayout.Manifest)
            || paths.FirstOrDefault(path => path.EndsWith($"/{HandInLayout.Manifest}", StringComparison.Ordinal)) is not { } manifest)
            return "";
        var around = manifest[..^HandInLayout.Manifest.Length];
        return paths.All(path => path.StartsWith(around, StringComparison.Ordinal)) ? around : "";
    }

    /// <summary>How the archive was packed again, in a sentence; null if it was not.</summary>
    public static string? Told(string around, int litter) => (around.Length, litter) switch
    {
        (0, 0) => null,
        (0, _) => $"The archive was packed again by a program that added {litter} entries of its own. They were not opened.",
        (_, 0) => $"The archive was packed again, with a folder \"{EntryName.Shown(around)}\" around everything.",
        _ =>
            $"The archive was packed again, with a folder \"{EntryName.Shown(around)}\" around everything and {litter} entries that a " +
            "program added. They were not opened.",
    };

    /// <summary>How a file differs from the listed one, as far as its hash can show.</summary>
    public static string WhatChanged(byte[] bytes, HandInFile listed)
    {
        var text = Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n");
        string[] forms = [text, text.ReplaceLineEndings("\r\n"), "\uFEFF" + text, "\uFEFF" + text.ReplaceLineEndings("\r\n")];
        return forms.Any(form => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form))) == listed.Sha256)
            ? "only line ends or a byte order mark differ, as after a mail or synchronising program. Ask for the archive as `pack` wrote it"
            : "it was changed after packing. Ask for the archive as `pack` wrote it";
    }
}
