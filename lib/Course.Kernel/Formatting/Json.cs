using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Formatting;

/// <summary>
/// Formats values of System.Text.Json's and Newtonsoft's types as indented JSON. As sequences they would be shown as nested brackets.
/// </summary>
internal static class Json
{
    private const string NewtonsoftBase = "Newtonsoft.Json.Linq.JToken";

    /// <summary>The encoder does not escape letters: the text is displayed, not embedded in a page.</summary>
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The JSON text; null for a value of another type.</returns>
    public static string? TryText(object value) => value switch
    {
        JsonNode node => node.ToJsonString(Indented),
        JsonDocument document => JsonSerializer.Serialize(document, Indented),
        JsonElement { ValueKind: not JsonValueKind.Undefined } element => JsonSerializer.Serialize(element, Indented),
        _ => IsNewtonsoft(value.GetType()) ? value.ToString() : null,
    };

    /// <summary>Compares names, because referring to the type would load its assembly.</summary>
    private static bool IsNewtonsoft(Type? type)
    {
        while (type is not null && type.FullName != NewtonsoftBase)
            type = type.BaseType;
        return type is not null;
    }
}
