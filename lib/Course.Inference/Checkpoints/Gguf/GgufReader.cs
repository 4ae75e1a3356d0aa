using System.Buffers.Binary;
using System.Text;
using static Course.Inference.Files.CheckpointFile;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>
/// Reads a GGUF header from front to back. Every length is checked against the rest of the file before memory is allocated for it.
/// </summary>
internal sealed class GgufReader(string path, Stream stream, long fileLength)
{
    /// <summary>No real text or array is longer: vocabularies have some 10⁵ tokens, chat templates some 10⁵ bytes.</summary>
    private const int LongestText = 1 << 24, LongestArray = 1 << 24;

    public long Position { get; private set; }

    public long Left => fileLength - Position;

    public uint UInt32(string what) => BinaryPrimitives.ReadUInt32LittleEndian(Take(stackalloc byte[4], what));

    public ulong UInt64(string what) => BinaryPrimitives.ReadUInt64LittleEndian(Take(stackalloc byte[8], what));

    public string Text(string what)
    {
        var length = UInt64($"the length of {what}");
        if (length > LongestText || (long)length > Left)
            throw Fault($"{what} claims {length} bytes, but {Left} are left");
        var bytes = new byte[length];
        Take(bytes, what);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FileException(path, $"before byte {Position}, {what} is not UTF-8.", Damaged, e);
        }
    }

    /// <summary>Reads a number, a Boolean, a text, or an array of one of these.</summary>
    public object Value(string key)
    {
        var type = (GgufValueType)UInt32($"the type of {key}");
        return type == GgufValueType.Array ? Items(key) : Scalar(type, key);
    }

    public FileException Fault(string problem) =>
        new(path, $"at byte {Position}, {problem}.", "It is not a GGUF file, or it is damaged or cut short: download or copy it again.");

    private Array Items(string key)
    {
        var type = (GgufValueType)UInt32($"the element type of {key}");
        var count = UInt64($"the length of {key}");
        if (type == GgufValueType.Array)
            throw Fault($"{key} is an array of arrays, which is not supported");
        if (count > LongestArray || (long)count > Left / Smallest(type, key))
            throw Fault($"{key} claims {count} elements, but {Left} bytes are left");
        var items = Array.CreateInstance(ClrType(type), (int)count);
        for (var i = 0; i < items.Length; i++)
            items.SetValue(Scalar(type, key), i);
        return items;
    }

    private object Scalar(GgufValueType type, string key) => type switch
    {
        GgufValueType.UInt8 => Take(stackalloc byte[1], key)[0],
        GgufValueType.Int8 => (sbyte)Take(stackalloc byte[1], key)[0],
        GgufValueType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(Take(stackalloc byte[2], key)),
        GgufValueType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(Take(stackalloc byte[2], key)),
        GgufValueType.UInt32 => UInt32(key),
        GgufValueType.Int32 => (int)UInt32(key),
        GgufValueType.Float32 => BitConverter.UInt32BitsToSingle(UInt32(key)),
        GgufValueType.Bool => Take(stackalloc byte[1], key)[0] != 0,
        GgufValueType.String => Text(key),
        GgufValueType.UInt64 => UInt64(key),
        GgufValueType.Int64 => (long)UInt64(key),
        GgufValueType.Float64 => BitConverter.UInt64BitsToDouble(UInt64(key)),
        _ => throw Fault($"{key} is of the unknown type {(uint)type}"),
    };

    private int Smallest(GgufValueType type, string key) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        GgufValueType.String or GgufValueType.UInt64 or GgufValueType.Int64 or GgufValueType.Float64 => 8,
        _ => throw Fault($"{key} is an array of the unknown type {(uint)type}"),
    };

    private static Type ClrType(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 => typeof(byte),
        GgufValueType.Int8 => typeof(sbyte),
        GgufValueType.UInt16 => typeof(ushort),
        GgufValueType.Int16 => typeof(short),
        GgufValueType.UInt32 => typeof(uint),
        GgufValueType.Int32 => typeof(int),
        GgufValueType.Float32 => typeof(float),
        GgufValueType.Bool => typeof(bool),
        GgufValueType.UInt64 => typeof(ulong),
        GgufValueType.Int64 => typeof(long),
        GgufValueType.Float64 => typeof(double),
        _ => typeof(string),
    };

    private Span<byte> Take(Span<byte> into, string what)
    {
        if (stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) < into.Length)
            throw Fault($"the file ends where {what} was expected");
        Position += into.Length;
        return into;
    }
}
