using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>Writes values to a message, one after the other; <see cref="MessageReader"/> reads them in the same order.</summary>
public sealed class MessageWriter
{
    private readonly ArrayBufferWriter<byte> bytes = new(256);

    public ReadOnlySpan<byte> Bytes => bytes.WrittenSpan;

    public void Clear() => bytes.ResetWrittenCount();

    public MessageWriter Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
        return this;
    }

    public MessageWriter Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public MessageWriter Int(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), value);
        bytes.Advance(sizeof(int));
        return this;
    }

    public MessageWriter Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.GetSpan(sizeof(double)), value);
        bytes.Advance(sizeof(double));
        return this;
    }

    /// <summary>Writes a text, cut to <see cref="MessageReader.LongestText"/> characters with an ellipsis if it is longer.</summary>
    public MessageWriter Text(string text)
    {
        var cut = text.Length > MessageReader.LongestText ? $"{text[..(MessageReader.LongestText - 1)]}…" : text;
        Int(Encoding.UTF8.GetByteCount(cut));
        bytes.Advance(Encoding.UTF8.GetBytes(cut, bytes.GetSpan(Encoding.UTF8.GetMaxByteCount(cut.Length))));
        return this;
    }

    public MessageWriter Ints(IReadOnlyCollection<int> values) => List(values, value => Int(value));

    public MessageWriter Doubles(IReadOnlyCollection<double> values) => List(values, value => Double(value));

    public MessageWriter Floats(IReadOnlyCollection<float> values)
    {
        Int(values.Count);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.GetSpan(sizeof(float)), value);
            bytes.Advance(sizeof(float));
        }
        return this;
    }

    public MessageWriter List<T>(IReadOnlyCollection<T> values, Action<T> write)
    {
        Int(values.Count);
        foreach (var value in values)
            write(value);
        return this;
    }

    /// <summary>Appends the bytes of another message unchanged.</summary>
    public MessageWriter Raw(ReadOnlySpan<byte> more)
    {
        bytes.Write(more);
        return this;
    }
}
