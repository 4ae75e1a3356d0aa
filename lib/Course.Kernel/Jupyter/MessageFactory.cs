using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Course.Kernel.Jupyter;

/// <summary>Creates the kernel's messages, all of one session.</summary>
internal sealed class MessageFactory(TimeProvider clock)
{
    private readonly string session = Guid.NewGuid().ToString();

    /// <summary>Creates a reply to the sender of a request.</summary>
    public JupyterMessage Reply(JupyterMessage request, string type, JsonObject content) =>
        new(request.Identities, Header(type), Copy(request.Header), content);

    /// <summary>Creates a message to all front-ends. Subscribers may filter by its topic, but rarely do.</summary>
    public JupyterMessage Broadcast(JsonObject parentHeader, string type, JsonObject content) =>
        new([Encoding.UTF8.GetBytes($"kernel.{session}.{type}")], Header(type), Copy(parentHeader), content);

    private JsonObject Header(string type) => new()
    {
        ["msg_id"] = Guid.NewGuid().ToString(),
        ["session"] = session,
        ["username"] = "kernel",
        ["date"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        ["msg_type"] = type,
        ["version"] = JupyterMessage.ProtocolVersion,
    };

    private static JsonObject Copy(JsonObject header) => (JsonObject)header.DeepClone();
}
