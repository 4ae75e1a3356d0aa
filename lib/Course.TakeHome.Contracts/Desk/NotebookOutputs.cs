using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.TakeHome.Contracts;

/// <summary>Removes outputs: notebooks are handed in for reading, and charts or long outputs make them too large.</summary>
internal static class NotebookOutputs
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>The notebook without outputs and execution counts; unchanged if it has none or is not a notebook.</summary>
    public static byte[] Without(byte[] notebook)
    {
        try
        {
            if (JsonNode.Parse(Encoding.UTF8.GetString(notebook).TrimStart('\uFEFF')) is not JsonObject json
                || json["cells"] is not JsonArray cells)
                return notebook;
            var changed = cells.OfType<JsonObject>()
                .Where(cell => cell["outputs"] is JsonArray { Count: > 0 } || cell["execution_count"] is not null).ToArray();
            foreach (var cell in changed)
                (cell["outputs"], cell["execution_count"]) = (new JsonArray(), null);
            return changed.Length == 0 ? notebook : Encoding.UTF8.GetBytes(json.ToJsonString(Format) + "\n");
        }
        // ArgumentException: a key that occurs twice
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            return notebook;
        }
    }
}
