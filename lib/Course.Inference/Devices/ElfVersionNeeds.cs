using System.Buffers.Binary;
using System.Text;

namespace Course.Inference.Devices;

/// <summary>
/// The symbol versions that a 64-bit little-endian ELF library needs of other libraries (section <c>.gnu.version_r</c>).
/// A version marked weak may be absent: the loader then continues instead of refusing the library.
/// </summary>
public static class ElfVersionNeeds
{
    private const uint VersionNeedSection = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 2;                      // VER_FLG_WEAK

    /// <summary>Whether the library refuses to load where <paramref name="version"/> is absent.</summary>
    public static bool Insists(ReadOnlySpan<byte> image, string version) =>
        FlagsOffset(image, version) is { } at && (Read16(image, at) & Weak) == 0;

    /// <summary>Marks the version as weak, in place. False if the library does not insist on it.</summary>
    public static bool Weaken(Span<byte> image, string version)
    {
        if (!Insists(image, version) || FlagsOffset(image, version) is not { } at)
            return false;
        BinaryPrimitives.WriteUInt16LittleEndian(image[at..], (ushort)(Read16(image, at) | Weak));
        return true;
    }

    /// <summary>
    /// The offset of the flags in the version's <c>vernaux</c> entry; null if the image is not such a library or does not need the version.
    /// </summary>
    private static int? FlagsOffset(ReadOnlySpan<byte> image, string version)
    {
        try
        {
            if (image.Length < 64 || !image[..6].SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
                return null;
            foreach (var section in Sections(image))
                if (section.Type == VersionNeedSection)
                    return FlagsOffset(image, section, version);
            return null;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            return null; // an offset points outside the file: the loader would refuse this library too
        }
    }

    private static int? FlagsOffset(ReadOnlySpan<byte> image, Section needs, string version)
    {
        var names = Sections(image)[needs.Link].Offset;
        for (int need = needs.Offset, step = -1; step != 0; need += step = Read32(image, need + 12))
        {
            var entry = need + Read32(image, need + 8);
            for (var next = -1; next != 0; entry += next = Read32(image, entry + 12))
                if (NameAt(image, names + Read32(image, entry + 8)).SequenceEqual(Encoding.ASCII.GetBytes(version)))
                    return entry + 4;
        }
        return null;
    }

    private static Section[] Sections(ReadOnlySpan<byte> image)
    {
        var table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image[40..]));
        int size = Read16(image, 58), count = Read16(image, 60);
        var sections = new Section[count];
        for (var i = 0; i < count; i++)
        {
            var at = table + i * size;
            sections[i] = new(
                BinaryPrimitives.ReadUInt32LittleEndian(image[(at + 4)..]),
                checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image[(at + 24)..])),
                Read32(image, at + 40));
        }
        return sections;
    }

    private static ReadOnlySpan<byte> NameAt(ReadOnlySpan<byte> image, int offset)
    {
        var rest = image[offset..];
        return rest[..rest.IndexOf((byte)0)];
    }

    private static ushort Read16(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image[at..]);

    /// <summary>An unsigned 32-bit field. Offsets only ever grow, so a walk along them ends inside the file or throws.</summary>
    private static int Read32(ReadOnlySpan<byte> image, int at) => checked((int)BinaryPrimitives.ReadUInt32LittleEndian(image[at..]));

    private readonly record struct Section(uint Type, int Offset, int Link);
}
