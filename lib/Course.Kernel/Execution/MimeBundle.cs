using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Execution;

/// <summary>One output in several representations, as Jupyter transports it.</summary>
/// <param name="Data">The content by MIME type: a string, or for JSON types (<c>…+json</c>) the JSON itself.</param>
/// <param name="Metadata">Additional information for front-ends by MIME type; usually empty.</param>
public sealed record MimeBundle(IReadOnlyDictionary<string, JsonElement> Data, JsonElement Metadata)
{
    public const string PlainText = "text/plain";
    public const string Html = "text/html";

    private static readonly JsonElement NoMetadata = JsonSerializer.SerializeToElement(new JsonObject());

    public MimeBundle(IReadOnlyDictionary<string, JsonElement> data)
        : this(data, NoMetadata)
    {
    }

    /// <summary>Creates a bundle of text representations, in the given order.</summary>
    public static MimeBundle Of(params (string MimeType, string Text)[] representations) =>
        new(representations.ToDictionary(r => r.MimeType, r => Value(r.MimeType, r.Text)));

    /// <summary>Converts content to the JSON value that Jupyter transports: JSON types as JSON, others as a string.</summary>
    /// <exception cref="JsonException">The type is a JSON type and the text is not JSON.</exception>
    public static JsonElement Value(string mimeType, string text) => mimeType.EndsWith("json", StringComparison.Ordinal)
        ? JsonSerializer.Deserialize<JsonElement>(text)
        : JsonSerializer.SerializeToElement(text);

    /// <summary>The text/plain representation, which every bundle of this kernel has.</summary>
    public string Text => Data.TryGetValue(PlainText, out var text) ? text.GetString() ?? "" : "";

    /// <summary>Returns the bundle with a text/plain representation: its own if it has one, or else the given text.</summary>
    public MimeBundle WithText(Func<string> text) => Data.ContainsKey(PlainText)
        ? this
        : this with { Data = new Dictionary<string, JsonElement>(Data) { [PlainText] = JsonSerializer.SerializeToElement(text()) } };

    /// <summary>Returns the bundle restricted to the given types and text/plain. An empty collection keeps all.</summary>
    public MimeBundle Only(IReadOnlyCollection<string> mimeTypes) => mimeTypes.Count == 0
        ? this
        : this with { Data = Data.Where(d => d.Key == PlainText || mimeTypes.Contains(d.Key)).ToDictionary() };
}
