using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Course.Kernel.Running;

/// <summary>
/// JSON lines over one stream, in both directions. Standard input and output are left to the cells and to native code,
/// which write there as they please.
/// </summary>
/// <param name="stream">Closed with the channel.</param>
/// <param name="longest">Bytes of a line that comes in. A longer one ends the channel: the other side may be anything by now.</param>
internal sealed class LineChannel(Stream stream, long longest) : IDisposable
{
    // Text as it is: in escapes a notebook of another script would be twice as long on its way.
    private static readonly JsonSerializerOptions Compact =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
    private readonly Lock writing = new();

    /// <summary>Called from whichever thread has something to say; the other side closing is its own affair.</summary>
    public void Send<TMessage>(TMessage message)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(message, Compact);
        try
        {
            lock (writing)
            {
                stream.Write([.. line, (byte)'\n']);
                stream.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reading side finds out too, and knows what it means.
        }
    }

    /// <summary>The next message; null once the other side is gone, or says what is no message.</summary>
    public async Task<TMessage?> ReceiveAsync<TMessage>(CancellationToken cancellation)
        where TMessage : class
    {
        try
        {
            for (var searched = 0L; ;)
            {
                var read = await reader.ReadAsync(cancellation);
                if (read.Buffer.Slice(searched).PositionOf((byte)'\n') is { } end)
                {
                    var message = Parse<TMessage>(read.Buffer.Slice(0, end));
                    reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                    return message;
                }

                searched = read.Buffer.Length;
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCompleted || searched > longest)
                {
                    return null;
                }
            }
        }
        // A process that dies may leave half a line.
        catch (Exception e) when (e is IOException or InvalidOperationException or NotSupportedException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        reader.Complete();
        stream.Dispose();
    }

    private static TMessage? Parse<TMessage>(ReadOnlySequence<byte> line)
    {
        var json = new Utf8JsonReader(line);
        return JsonSerializer.Deserialize<TMessage>(ref json, Compact);
    }
}
