using System.Buffers.Binary;
using System.Text;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>Takes values out of a message. It believes nothing: what does not fit into the rest of the message is no message.</summary>
/// <param name="message">As it was received.</param>
public sealed class MessageReader(byte[] message)
{
    /// <summary>Characters of a text.</summary>
    public const int LongestText = 4_000;

    private const int MostBytesPerCharacter = 4;

    private int at;

    public bool AtEnd => at == message.Length;

    /// <exception cref="WireException">Something follows.</exception>
    public void End()
    {
        if (!AtEnd)
            throw new WireException($"A message is {message.Length - at} bytes longer than what it says.");
    }

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() switch { 0 => false, 1 => true, var other => throw new WireException($"{other} is neither yes nor no.") };

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

    /// <param name="read">Reads one.</param>
    /// <param name="size">Bytes that one has at least.</param>
    /// <param name="most">Of them.</param>
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
