using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.HandIns;

/// <summary>Reads an untrusted archive: every name, size and hash is checked, and everything stays in memory.</summary>
public static class HandInReader
{
    private const int UnixType = 0xF000, UnixFile = 0x8000, UnixFolder = 0x4000, UnixLink = 0xA000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a hand-in.</summary>
    /// <exception cref="HandInRejectedException">The archive is not what `pack` writes.</exception>
    public static HandIn Read(string path, HandInLimits? limits = null)
    {
        limits ??= new();
        if (!File.Exists(path))
            throw new HandInRejectedException(HandInFlaw.NoArchive, $"There is no file {path}.");
        if (!PlainFile.HasContent(path))
            throw new HandInRejectedException(HandInFlaw.NoArchive, "The file is empty, or it is a pipe or a device.");
        if (new FileInfo(path).Length is var length && length > limits.ArchiveBytes)
            throw new HandInRejectedException(HandInFlaw.TooLarge,
                $"The archive has {length} bytes; at most {limits.ArchiveBytes} are read.");
        try
        {
            using var zip = new ZipArchive(new MemoryStream(File.ReadAllBytes(path)), ZipArchiveMode.Read);
            return Read(zip, limits);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException
            or OverflowException)
        {
            throw new HandInRejectedException(HandInFlaw.NoArchive, $"The file is not a readable zip archive: {e.Message}");
        }
    }

    private static HandIn Read(ZipArchive zip, HandInLimits limits)
    {
        if (zip.Entries.Count > limits.Entries)
            throw new HandInRejectedException(HandInFlaw.TooManyEntries,
                $"The archive has {zip.Entries.Count} entries; at most {limits.Entries} are read.");
        // Files that systems and programs add by themselves say nothing about the candidate, and are ignored.
        ZipArchiveEntry[] entries = [.. zip.Entries.Where(entry => !HandInLayout.IsLitter(entry.FullName))];
        foreach (var entry in entries)
            CheckKind(entry);
        // Notebooks are only for reading. One that is too large, for instance because of its outputs, does not keep
        // the code from being graded.
        var aside = entries.Where(entry => IsNotebook(entry) && Objection(entry, limits) is not null)
            .ToDictionary(entry => entry.FullName, entry => Objection(entry, limits)!);
        entries = [.. entries.Where(entry => !aside.ContainsKey(entry.FullName))];
        foreach (var entry in entries)
            CheckSize(entry, limits);
        CheckNames([.. entries.Select(entry => entry.FullName), .. aside.Keys]);
        if (entries.Sum(entry => entry.Length) is var total && total > limits.TotalBytes)
            throw new HandInRejectedException(HandInFlaw.TooLarge,
                $"Unpacked the archive would have {total} bytes; at most {limits.TotalBytes} are read.");
        var files = entries.Where(entry => !IsFolder(entry)).ToDictionary(entry => entry.FullName, entry => Bytes(entry));
        var around = Repacking.FolderAround([.. files.Keys, .. aside.Keys]);
        return Match(WithoutFolder(files, around), WithoutFolder(aside, around)) with
        {
            Repacked = Repacking.Told(around, zip.Entries.Count - entries.Length - aside.Count),
        };
    }

    private static Dictionary<string, T> WithoutFolder<T>(Dictionary<string, T> files, string around) =>
        files.ToDictionary(file => file.Key[around.Length..], file => file.Value);

    private static bool IsNotebook(ZipArchiveEntry entry) => entry.FullName.EndsWith(".ipynb", StringComparison.Ordinal);

    private static string? Objection(ZipArchiveEntry entry, HandInLimits limits) => limits.Objection(entry.Length, entry.CompressedLength);

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/');

    private static void CheckKind(ZipArchiveEntry entry)
    {
        var name = EntryName.Shown(entry.FullName);
        if (EntryName.Objection(entry.FullName) is var (flaw, what))
            throw new HandInRejectedException(
                flaw switch { EntryFlaw.Absolute => HandInFlaw.Absolute, EntryFlaw.Outside => HandInFlaw.Outside, _ => HandInFlaw.BadName },
                $"The archive's entry \"{name}\" {what}.");
        var type = (entry.ExternalAttributes >> 16) & UnixType;
        if (type == UnixLink)
            throw new HandInRejectedException(HandInFlaw.Link, $"The archive's entry \"{name}\" is a link.");
        if (type != 0 && type != (IsFolder(entry) ? UnixFolder : UnixFile))
            throw new HandInRejectedException(HandInFlaw.Link,
                $"The archive's entry \"{name}\" is neither a file nor a folder (type {type:x4}).");
        if (entry.IsEncrypted)
            throw new HandInRejectedException(HandInFlaw.Encrypted, $"The archive's entry \"{name}\" is encrypted.");
        if (IsFolder(entry) && entry.Length > 0)
            throw new HandInRejectedException(HandInFlaw.TooLarge, $"The archive's entry \"{name}\" is a folder of {entry.Length} bytes.");
    }

    private static void CheckSize(ZipArchiveEntry entry, HandInLimits limits)
    {
        if (Objection(entry, limits) is { } objection)
            throw new HandInRejectedException(
                entry.Length > limits.FileBytes ? HandInFlaw.TooLarge : HandInFlaw.TooDense,
                $"The archive's entry \"{EntryName.Shown(entry.FullName)}\" {objection}.");
    }

    private static void CheckNames(string[] names)
    {
        var known = new Dictionary<string, string>();
        foreach (var name in names)
            if (!known.TryAdd(EntryName.Key(name), name))
                throw known[EntryName.Key(name)] == name
                    ? new HandInRejectedException(HandInFlaw.DuplicateName, $"The archive has two entries \"{EntryName.Shown(name)}\".")
                    : new HandInRejectedException(HandInFlaw.CollidingName,
                        $"The archive's entries \"{EntryName.Shown(known[EntryName.Key(name)])}\" and \"{EntryName.Shown(name)}\" are " +
                        "one file where case is ignored.");
        foreach (var name in names)
            for (var slash = name.IndexOf('/'); slash > 0; slash = name.IndexOf('/', slash + 1))
                if (known.TryGetValue(EntryName.Key(name[..slash]), out var file) && !file.EndsWith('/'))
                    throw new HandInRejectedException(HandInFlaw.CollidingName,
                        $"The archive's entry \"{EntryName.Shown(file)}\" is a file and a folder at once.");
    }

    /// <summary>The bytes of an entry. Reads no further than the size that the archive states.</summary>
    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        var name = EntryName.Shown(entry.FullName);
        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length && stream.ReadByte() < 0
            ? bytes
            : throw new HandInRejectedException(HandInFlaw.LyingSize,
                $"The archive's entry \"{name}\" is not the {entry.Length} bytes that the archive states.");
    }

    /// <summary>Compares the manifest with the files.</summary>
    private static HandIn Match(Dictionary<string, byte[]> files, Dictionary<string, string> aside)
    {
        if (!files.Remove(HandInLayout.Manifest, out var json))
            throw new HandInRejectedException(HandInFlaw.NoManifest,
                $"The archive has no {HandInLayout.Manifest}. It was not made by `pack`.");
        var manifest = Parse(json);
        var listed = manifest.Files.Where(file => !HandInLayout.IsLitter(file.Path)).GroupBy(file => file.Path)
            .ToDictionary(group => group.Key, group => group.Count() == 1
                ? group.First()
                : throw new HandInRejectedException(HandInFlaw.BadManifest,
                    $"{HandInLayout.Manifest} lists \"{EntryName.Shown(group.Key)}\" twice."));
        if (listed.Keys.FirstOrDefault(path => !files.ContainsKey(path) && !aside.ContainsKey(path)) is { } missing)
            throw new HandInRejectedException(HandInFlaw.MissingFile,
                $"{HandInLayout.Manifest} lists \"{EntryName.Shown(missing)}\", which is not in the archive.");
        foreach (var (path, bytes) in files)
        {
            if (!listed.TryGetValue(path, out var file))
                throw new HandInRejectedException(HandInFlaw.UnlistedFile,
                    $"The archive holds \"{path}\", which {HandInLayout.Manifest} does not list.");
            if (file.Bytes != bytes.Length || file.Sha256 != Convert.ToHexStringLower(SHA256.HashData(bytes)))
                throw new HandInRejectedException(HandInFlaw.OtherBytes,
                    $"\"{path}\" is not the file that {HandInLayout.Manifest} lists: {Repacking.WhatChanged(bytes, file)}.");
        }
        return files.ContainsKey(HandInLayout.Adapter) ? HandIn.Of(manifest, files) with { SetAside = aside }
            : throw new HandInRejectedException(HandInFlaw.NoAdapter,
                $"The archive has no {HandInLayout.Adapter}, so no answer can be found.");
    }

    private static HandInManifest Parse(byte[] json)
    {
        try
        {
            var manifest = HandInManifest.Parse(Strict.GetString(json));
            return manifest.Files.All(file => file is { Path: not null, Sha256: not null })
                && manifest.Exercises.All(exercise => exercise is { Id: not null, Hints: not null })
                ? manifest
                : throw new HandInRejectedException(HandInFlaw.BadManifest,
                    $"{HandInLayout.Manifest} has a null where a value is expected.");
        }
        catch (Exception e) when (e is CourseException or DecoderFallbackException)
        {
            throw new HandInRejectedException(HandInFlaw.BadManifest, e.Message);
        }
    }
}
