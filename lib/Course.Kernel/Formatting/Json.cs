using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Formatting;

/// <summary>
/// Values of System.Text.Json's or Newtonsoft's types, as indented JSON. As sequences they would be brackets in brackets.
/// </summary>
internal static class Json
{
    private const string NewtonsoftBase = "Newtonsoft.Json.Linq.JToken";

    /// <summary>The encoder leaves letters as they are; the text is shown, not embedded.</summary>
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <returns>The JSON; null if the value is none.</returns>
    public static string? TryText(object value) => value switch
    {
        JsonNode node => node.ToJsonString(Indented),
        JsonDocument document => JsonSerializer.Serialize(document, Indented),
        JsonElement { ValueKind: not JsonValueKind.Undefined } element => JsonSerializer.Serialize(element, Indented),
        _ => IsNewtonsoft(value.GetType()) ? value.ToString() : null,
    };

    /// <summary>By name: asking for the type loads its assembly.</summary>
    private static bool IsNewtonsoft(Type? type)
    {
        while (type is not null && type.FullName != NewtonsoftBase)
            type = type.BaseType;
        return type is not null;
    }
}
