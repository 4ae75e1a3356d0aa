using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Course.Kernel.Running;

/// <summary>
/// Sends JSON lines over one stream, in both directions. Standard input and output remain free for cells and native code.
/// </summary>
/// <param name="stream">The stream, which is closed with the channel.</param>
/// <param name="longest">The maximum number of bytes of a received line. A longer one ends the channel, because the other side can no
/// longer be trusted.</param>
internal sealed class LineChannel(Stream stream, long longest) : IDisposable
{
    // Letters are not escaped: escapes would double the length of text in non-Latin scripts.
    private static readonly JsonSerializerOptions Compact =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
    private readonly Lock writing = new();

    /// <summary>Sends a message from any thread. Does nothing if the other side has closed the stream.</summary>
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
            // The reading side notices this too, and handles it.
        }
    }

    /// <summary>Receives the next message; null if the other side has closed the stream or sent something that is not a message.</summary>
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
                    return null;
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
