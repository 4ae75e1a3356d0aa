using System.Text;
using System.Text.Json;

namespace Course.Kernel.Running;

/// <summary>
/// JSON lines over one stream, in both directions. Standard input and output are left to the cells and to native code,
/// which write there as they please.
/// </summary>
internal sealed class LineChannel(Stream stream) : IDisposable
{
    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web);

    private readonly StreamReader reader = new(stream, new UTF8Encoding(false), false, 1 << 16, leaveOpen: true);
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

    /// <summary>The next message; null once the other side is gone.</summary>
    public async Task<TMessage?> ReceiveAsync<TMessage>(CancellationToken cancellation)
        where TMessage : class
    {
        try
        {
            var line = await reader.ReadLineAsync(cancellation);
            return line is null ? null : JsonSerializer.Deserialize<TMessage>(line, Compact);
        }
        // A process that dies may leave half a line.
        catch (Exception e) when (e is IOException or ObjectDisposedException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        stream.Dispose();
    }
}
