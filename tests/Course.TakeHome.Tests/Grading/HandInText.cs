using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Tests.Grading;

/// <summary>Makes honest and hostile archives, byte by byte where a zip library would refuse.</summary>
internal sealed class HandInText
{
    public const string Adapter = """
        public sealed class Adapter : Course.TakeHome.Contracts.IAdapter
        {
            public object AnswerTo(string exercise) => throw new System.NotImplementedException(exercise);
        }
        """;

    /// <summary>The path, bytes and Unix mode of each entry, in order; paths may repeat.</summary>
    public List<(string Path, byte[] Bytes, int UnixMode)> Entries { get; } = [];

    public Func<HandInManifest, HandInManifest> Manifest { get; set; } = manifest => manifest;

    public Func<string, string> Json { get; set; } = json => json;

    public Func<byte[], byte[]> Zip { get; set; } = zip => zip;

    public bool WithManifest { get; set; } = true;

    public static HandInText Honest() =>
        new HandInText().With(HandInLayout.Adapter, Adapter).With("exercises/loop/Answer.cs", "// mine\n")
            .With("exercises/loop/answers.md", "## Predict first\n\nTwo.\n");

    public HandInText With(string path, string text, int unixMode = 0) => With(path, Encoding.UTF8.GetBytes(text), unixMode);

    public HandInText With(string path, byte[] bytes, int unixMode = 0)
    {
        Entries.Add((path, bytes, unixMode));
        return this;
    }

    public HandInText But(Action<HandInText> change)
    {
        change(this);
        return this;
    }

    public string Save(string folder)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (WithManifest)
                Add(zip, HandInLayout.Manifest, Encoding.UTF8.GetBytes(Json(Manifest(Stated()).ToJson())), 0);
            foreach (var (path, bytes, mode) in Entries)
                Add(zip, path, bytes, mode);
        }
        var file = Path.Combine(folder, "hand-in.zip");
        File.WriteAllBytes(file, Zip(memory.ToArray()));
        return file;
    }

    /// <summary>A manifest that lists the current entries.</summary>
    public HandInManifest Stated() => new(
        HandInLayout.Version, 7, 120, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [new("loop", true, [])],
        [
            .. Entries.DistinctBy(entry => entry.Path).Where(entry => !entry.Path.EndsWith('/'))
                .Select(entry => new HandInFile(entry.Path, Convert.ToHexStringLower(SHA256.HashData(entry.Bytes)), entry.Bytes.Length))
        ]);

    private static void Add(ZipArchive zip, string path, byte[] bytes, int mode)
    {
        var entry = zip.CreateEntry(path);
        entry.ExternalAttributes = mode << 16;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    /// <summary>Changes the central directory's record of the last entry. Offsets are those of APPNOTE 4.3.12.</summary>
    public static byte[] Patch(byte[] zip, int offset, uint value, int size)
    {
        var record = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        bytes[..size].CopyTo(zip.AsSpan(record + offset));
        return zip;
    }
}
