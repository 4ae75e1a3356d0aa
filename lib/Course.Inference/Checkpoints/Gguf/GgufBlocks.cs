using System.Buffers.Binary;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Converts between numbers and GGUF's blocks of 32: each block is a Float16 scale followed by its values.</summary>
internal static class GgufBlocks
{
    private const int Size = 32, Half4 = Size / 2;

    /// <summary>
    /// Encodes like ggml's reference: scale = largest magnitude / 127, and values are divided by the scale before it is narrowed to Float16
    /// and rounded to nearest, halves away from zero.
    /// </summary>
    /// <param name="values">The values; their number is a multiple of 32.</param>
    /// <param name="blocks">Receives 34 bytes per 32 values.</param>
    public static void EncodeQ8(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; values = values[Size..], blocks = blocks[GgufType.Q8_0.BlockBytes..])
        {
            var largest = 0f;
            foreach (var value in values[..Size])
                largest = Math.Max(largest, Math.Abs(value));
            var scale = largest / 127;
            var inverse = scale == 0 ? 0 : 1 / scale;
            BinaryPrimitives.WriteHalfLittleEndian(blocks, (Half)scale);
            for (var i = 0; i < Size; i++)
                blocks[2 + i] = (byte)(sbyte)Math.Clamp(MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero), -127, 127);
        }
    }

    public static void DecodeQ8(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; values = values[Size..], blocks = blocks[GgufType.Q8_0.BlockBytes..])
        {
            var scale = (float)BinaryPrimitives.ReadHalfLittleEndian(blocks);
            for (var i = 0; i < Size; i++)
                values[i] = scale * (sbyte)blocks[2 + i];
        }
    }

    /// <summary>Joins scales and nibbles: each block is a scale and its 16 bytes of nibbles.</summary>
    public static void JoinQ4(ReadOnlySpan<byte> nibbles, ReadOnlySpan<byte> scales, Span<byte> blocks)
    {
        for (; nibbles.Length > 0; nibbles = nibbles[Half4..], scales = scales[2..], blocks = blocks[GgufType.Q4_0.BlockBytes..])
        {
            scales[..2].CopyTo(blocks);
            nibbles[..Half4].CopyTo(blocks[2..]);
        }
    }

    /// <summary>The inverse of <see cref="JoinQ4"/>.</summary>
    public static void SplitQ4(ReadOnlySpan<byte> blocks, Span<byte> nibbles, Span<byte> scales)
    {
        for (; nibbles.Length > 0; nibbles = nibbles[Half4..], scales = scales[2..], blocks = blocks[GgufType.Q4_0.BlockBytes..])
        {
            blocks[..2].CopyTo(scales);
            blocks.Slice(2, Half4).CopyTo(nibbles);
        }
    }
}
