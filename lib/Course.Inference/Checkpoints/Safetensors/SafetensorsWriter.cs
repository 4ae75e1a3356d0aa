using System.Buffers.Binary;
using System.Text.Json;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Safetensors;

/// <summary>Writes safetensors files. Tensors are in the order of their names, so that equal tensors yield equal files.</summary>
public static class SafetensorsWriter
{
    /// <summary>The tensors' bytes begin at a multiple of this, so that a memory-mapped file can be used in place.</summary>
    private const int Alignment = 8;

    /// <summary>
    /// Writes <paramref name="tensors"/>, converted to <paramref name="type"/>. The file is written under a temporary name and then
    /// renamed, so a reader sees the old file or the new one, never a part.
    /// </summary>
    /// <exception cref="CourseException">
    /// The type is not one of weights or cannot hold them, or the file cannot be written, for example because the disk is full.
    /// </exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, ScalarType type)
    {
        string[] names = [.. tensors.Keys.Order(StringComparer.Ordinal)];
        var header = Header(names, tensors, type);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[SafetensorsHeader.LengthBytes];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var name in names)
                WriteConverted(stream, name, tensors[name], type);
        });
    }

    private static byte[] Header(string[] names, IReadOnlyDictionary<string, Tensor> tensors, ScalarType type)
    {
        var dtype = SafetensorsType.NameOf(type);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            json.WriteString("format", "pt"); // Hugging Face's loader refuses a file without it.
            json.WriteEndObject();
            var offset = 0L;
            foreach (var name in names)
                offset = WriteEntry(json, name, tensors[name], dtype, offset, type.ElementSize());
            json.WriteEndObject();
        }

        while (buffer.Length % Alignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, string dtype, long offset, int elementBytes)
    {
        var end = offset + tensor.numel() * elementBytes;
        json.WriteStartObject(name);
        json.WriteString("dtype", dtype);
        json.WriteStartArray("shape");
        foreach (var size in tensor.shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }

    private static void WriteConverted(Stream stream, string name, Tensor tensor, ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        if (type == ScalarType.Float16)
            Float16Range.Require(name, tensor.detach());
        TensorBytes.Write(stream, tensor.detach().to(type).cpu().contiguous());
    }
}
