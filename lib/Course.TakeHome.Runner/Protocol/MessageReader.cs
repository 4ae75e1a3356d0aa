using System.Buffers.Binary;
using System.Text;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>Reads values from a message. It trusts no length: a value that does not fit into the rest of the message is refused.</summary>
/// <param name="message">The bytes that were received.</param>
public sealed class MessageReader(byte[] message)
{
    /// <summary>The longest text, in characters.</summary>
    public const int LongestText = 4_000;

    private const int MostBytesPerCharacter = 4;

    private int at;

    public bool AtEnd => at == message.Length;

    /// <summary>Demands that the whole message was read.</summary>
    /// <exception cref="WireException">There are bytes left.</exception>
    public void End()
    {
        if (!AtEnd)
            throw new WireException($"A message has {message.Length - at} bytes after its last value.");
    }

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        var other => throw new WireException($"{other} is neither true (1) nor false (0)."),
    };

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public float Float() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    public string Text()
    {
        var text = Encoding.UTF8.GetString(Take(Count(1, MostBytesPerCharacter * LongestText)));
        return text.Length <= LongestText
            ? text
            : throw new WireException($"A text of {text.Length} characters; at most {LongestText} are read.");
    }

    public int[] Ints(int most = int.MaxValue) => List(Int, sizeof(int), most);

    public double[] Doubles(int most = int.MaxValue) => List(Double, sizeof(double), most);

    public float[] Floats(int most = int.MaxValue) => List(Float, sizeof(float), most);

    /// <summary>Reads a list.</summary>
    /// <param name="read">Reads one value.</param>
    /// <param name="size">The least number of bytes of one value.</param>
    /// <param name="most">The most values that are accepted.</param>
    /// <exception cref="WireException">The list is longer than <paramref name="most"/>, or than the rest of the message.</exception>
    public T[] List<T>(Func<T> read, int size, int most)
    {
        var values = new T[Count(size, most)];
        for (var i = 0; i < values.Length; i++)
            values[i] = read();
        return values;
    }

    private int Count(int size, int most)
    {
        var count = Int();
        return count >= 0 && count <= most && (long)count * size <= message.Length - at
            ? count
            : throw new WireException($"{count} values were announced; {Math.Min(most, (message.Length - at) / size)} are possible.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > message.Length - at)
            throw new WireException("A message ends too early.");
        at += count;
        return message.AsSpan(at - count, count);
    }
}
