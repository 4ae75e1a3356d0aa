using System.Text;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">The name in the file.</param>
/// <param name="Shape">The sizes, slowest dimension first, as everywhere in this project.</param>
/// <param name="Type">The type in the file.</param>
/// <param name="Write">Writes exactly the bytes that follow from type and shape.</param>
internal sealed record GgufPart(string Name, IReadOnlyList<long> Shape, GgufType Type, Action<Stream> Write);

/// <summary>A metadata key and its value: a number, a Boolean, a text, or an array of one of these.</summary>
internal readonly record struct GgufPair(string Key, object Value);

/// <summary>Writes GGUF files, version 3.</summary>
internal static class GgufWriter
{
    /// <exception cref="CourseException">A tensor's rows do not divide into blocks, or the file cannot be written.</exception>
    public static void Write(string path, IReadOnlyCollection<GgufPair> metadata, IReadOnlyCollection<GgufPart> parts)
    {
        foreach (var part in parts)
            if (part.Shape[^1] % part.Type.BlockSize != 0)
                throw new CourseException(
                    $"Tensor {part.Name} has rows of {part.Shape[^1]}, which do not divide into {part.Type.Name}'s blocks of " +
                    $"{part.Type.BlockSize}. Export as F16 or F32.");
        AtomicFile.Write(path, stream =>
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            writer.Write(GgufFormat.Magic);
            writer.Write(GgufFormat.Version);
            writer.Write((ulong)parts.Count);
            writer.Write((ulong)metadata.Count);
            foreach (var (key, value) in metadata)
            {
                WriteText(writer, key);
                WriteValue(writer, value);
            }

            WriteIndex(writer, parts);
            foreach (var part in parts)
                WriteAligned(writer, part);
        });
    }

    private static void WriteIndex(BinaryWriter writer, IReadOnlyCollection<GgufPart> parts)
    {
        var offset = 0L;
        foreach (var part in parts)
        {
            WriteText(writer, part.Name);
            writer.Write((uint)part.Shape.Count);
            foreach (var size in part.Shape.Reverse()) // fastest dimension first
                writer.Write((ulong)size);
            writer.Write(part.Type.Id);
            writer.Write((ulong)offset);
            offset += Aligned(part.Type.Bytes(part.Shape));
        }
    }

    private static long Aligned(long bytes) => (bytes + GgufFormat.Alignment - 1) / GgufFormat.Alignment * GgufFormat.Alignment;

    private static void WriteAligned(BinaryWriter writer, GgufPart part)
    {
        Pad(writer);
        writer.Flush();
        part.Write(writer.BaseStream);
        Pad(writer);
    }

    private static void Pad(BinaryWriter writer)
    {
        for (var at = writer.BaseStream.Position; at < Aligned(writer.BaseStream.Position); at++)
            writer.Write((byte)0);
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)utf8.Length);
        writer.Write(utf8);
    }

    private static void WriteValue(BinaryWriter writer, object value)
    {
        if (value is Array array)
        {
            writer.Write((uint)GgufValueType.Array);
            writer.Write((uint)TypeOf(array.GetType().GetElementType()!));
            writer.Write((ulong)array.Length);
            foreach (var item in array)
                WriteScalar(writer, item);
            return;
        }

        writer.Write((uint)TypeOf(value.GetType()));
        WriteScalar(writer, value);
    }

    private static GgufValueType TypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.UInt32 => GgufValueType.UInt32,
        TypeCode.Int32 => GgufValueType.Int32,
        TypeCode.Single => GgufValueType.Float32,
        TypeCode.Boolean => GgufValueType.Bool,
        TypeCode.String => GgufValueType.String,
        _ => throw new ArgumentException($"Metadata of type {type} is not written.", nameof(type)),
    };

    private static void WriteScalar(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case uint number: writer.Write(number); break;
            case int number: writer.Write(number); break;
            case float number: writer.Write(number); break;
            case bool truth: writer.Write((byte)(truth ? 1 : 0)); break;
            case string text: WriteText(writer, text); break;
        }
    }
}
