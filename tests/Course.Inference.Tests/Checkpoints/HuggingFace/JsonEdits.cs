using System.Globalization;
using System.Text.Json.Nodes;

namespace Course.Inference.Tests.Checkpoints.HuggingFace;

/// <summary>Edits of a JSON tree by path, so that a test is one change away from a valid file.</summary>
internal static class JsonEdits
{
    /// <summary>The same tree with another value at a path such as <c>model.vocab</c> or <c>added_tokens.0.id</c>.</summary>
    public static T With<T>(this T root, string path, JsonNode? value) where T : JsonNode
    {
        var keys = path.Split('.');
        var parent = keys[..^1].Aggregate((JsonNode)root, (node, key) => node is JsonArray array ? array[Index(key)]! : node[key]!);
        if (parent is JsonArray items)
            items[Index(keys[^1])] = value;
        else
            parent[keys[^1]] = value;
        return root;
    }

    private static int Index(string key) => int.Parse(key, CultureInfo.InvariantCulture);
}
