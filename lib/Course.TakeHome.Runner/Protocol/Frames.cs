using System.Buffers.Binary;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>The other side has ended, or has sent something that is not a valid message. The conversation is over.</summary>
public sealed class WireException : Exception
{
    public WireException(string message) : base(message)
    {
    }

    public WireException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>Messages over a pair of streams: a length in four bytes, little-endian, followed by that many bytes.</summary>
/// <param name="input">The stream that the other side writes to.</param>
/// <param name="output">The stream that the other side reads.</param>
public sealed class Frames(Stream input, Stream output)
{
    /// <summary>The longest message, in bytes. A wide chart or the logits of a large vocabulary take about a tenth of it.</summary>
    public const int Longest = 4 * 1024 * 1024;

    private const int Prefix = sizeof(int);

    private readonly byte[] prefix = new byte[Prefix];
    private byte[] sending = new byte[4096];

    /// <exception cref="WireException">The other side has ended.</exception>
    public void Send(ReadOnlySpan<byte> message)
    {
        if (message.Length > Longest)
            throw new WireException($"A message of {message.Length} bytes; at most {Longest} are sent.");
        if (sending.Length < message.Length + Prefix)
            sending = new byte[2 * (message.Length + Prefix)];
        BinaryPrimitives.WriteInt32LittleEndian(sending, message.Length);
        message.CopyTo(sending.AsSpan(Prefix));
        try
        {
            output.Write(sending, 0, message.Length + Prefix); // in one piece: each write wakes the other side
            output.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new WireException("The process has ended.", e);
        }
    }

    /// <exception cref="WireException">The other side has ended, or announces a message that is too long.</exception>
    public byte[] Receive()
    {
        try
        {
            input.ReadExactly(prefix);
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
            if (length is < 0 or > Longest)
                throw new WireException($"A message of {length} bytes was announced; at most {Longest} are read.");
            var message = new byte[length];
            input.ReadExactly(message);
            return message;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new WireException("The process has ended.", e);
        }
    }
}
