using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Jupyter;

/// <summary>Messages as ZeroMQ frames: identities, delimiter, signature, then four JSON objects. Buffers after them are ignored.</summary>
internal sealed class WireFormat(MessageSigner signer)
{
    private const int JsonParts = 4;

    private readonly SeenSignatures seen = new();

    private static readonly byte[] Delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");

    public List<byte[]> Write(JupyterMessage message)
    {
        byte[][] parts = [Bytes(message.Header), Bytes(message.ParentHeader), Bytes([]), Bytes(message.Content)];
        return [.. message.Identities, Delimiter, signer.Sign(parts), .. parts];
    }

    /// <summary>
    /// Reads a message. Anyone can connect to the port, so a message that is malformed, not signed with our key, or repeated is
    /// rejected, with the reason.
    /// </summary>
    public bool TryRead(IReadOnlyList<byte[]> frames, [NotNullWhen(true)] out JupyterMessage? message, out string refusal)
    {
        message = null;
        var delimiter = frames.ToList().FindIndex(f => f.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0 || frames.Count < delimiter + 2 + JsonParts)
        {
            refusal = $"expected identities, <IDS|MSG>, signature and {JsonParts} JSON frames, found {frames.Count} frames";
            return false;
        }
        var parts = frames.Skip(delimiter + 2).Take(JsonParts).ToArray();
        if (!signer.Verify(frames[delimiter + 1], parts))
        {
            refusal = "its signature is not made with this kernel's key";
            return false;
        }
        if (!seen.Add(frames[delimiter + 1]))
        {
            refusal = "it is a repetition of an earlier message";
            return false;
        }
        return TryParse([.. frames.Take(delimiter)], parts, out message, out refusal);
    }

    private static bool TryParse(byte[][] identities, byte[][] parts, out JupyterMessage? message, out string refusal)
    {
        message = null;
        refusal = "";
        try
        {
            var objects = parts
                .Select(p => JsonNode.Parse(p) as JsonObject ?? throw new JsonException("a part is not a JSON object"))
                .ToArray();
            message = new(identities, objects[0], objects[1], objects[3]);
            _ = (message.Id, message.Type);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or ArgumentException)
        {
            message = null;
            refusal = e.Message;
            return false;
        }
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json);
}
