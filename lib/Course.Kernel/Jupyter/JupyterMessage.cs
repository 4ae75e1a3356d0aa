using System.Text.Json.Nodes;

namespace Course.Kernel.Jupyter;

/// <summary>One message of the protocol (jupyter-client, "Messaging in Jupyter", version 5.4).</summary>
/// <param name="Identities">Routing prefix: who asked, or the topic on iopub.</param>
/// <param name="Header">Who sent what, when.</param>
/// <param name="ParentHeader">Header of the request that this answers; empty if none.</param>
/// <param name="Content">By message type.</param>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject ParentHeader, JsonObject Content)
{
    public const string ProtocolVersion = "5.4";

    public string Type => Header["msg_type"]!.GetValue<string>();

    public string Id => Header["msg_id"]!.GetValue<string>();

    /// <summary>Id of the message that this one answers; null if none.</summary>
    public string? ParentId => ParentHeader["msg_id"]?.GetValue<string>();

    /// <summary>A request's field, or its default where it is absent or null.</summary>
    public T Get<T>(string field, T fallback) =>
        Content[field] is JsonValue value && value.TryGetValue<T>(out var found) ? found : fallback;
}
