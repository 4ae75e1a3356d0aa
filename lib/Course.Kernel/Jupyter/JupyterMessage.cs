using System.Text.Json.Nodes;

namespace Course.Kernel.Jupyter;

/// <summary>One message of the protocol (jupyter-client, "Messaging in Jupyter", version 5.4).</summary>
/// <param name="Identities">The routing prefix: the sender's identities, or the topic on iopub.</param>
/// <param name="Header">The id, type, sender, session and date of the message.</param>
/// <param name="ParentHeader">The header of the request that this message answers; empty if none.</param>
/// <param name="Content">The content, which depends on the message type.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject ParentHeader, JsonObject Content)
{
    public const string ProtocolVersion = "5.4";

    public string Type => Header["msg_type"]!.GetValue<string>();

    public string Id => Header["msg_id"]!.GetValue<string>();

    /// <summary>The id of the message that this one answers; null if none.</summary>
    public string? ParentId => ParentHeader["msg_id"]?.GetValue<string>();

    /// <summary>Returns a field of the content, or the fallback if it is absent, null or of another type.</summary>
    public T Get<T>(string field, T fallback) =>
        Content[field] is JsonValue value && value.TryGetValue<T>(out var found) ? found : fallback;
}
