using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Execution;

/// <summary>One output in several representations, as Jupyter carries it.</summary>
/// <param name="Data">MIME type → JSON value: a string, or for JSON types (<c>…+json</c>) the JSON itself.</param>
/// <param name="Metadata">MIME type → what a front-end needs beside the data; usually empty.</param>
public sealed record MimeBundle(IReadOnlyDictionary<string, JsonElement> Data, JsonElement Metadata)
{
    public const string PlainText = "text/plain";
    public const string Html = "text/html";

    private static readonly JsonElement NoMetadata = JsonSerializer.SerializeToElement(new JsonObject());

    public MimeBundle(IReadOnlyDictionary<string, JsonElement> data)
        : this(data, NoMetadata)
    {
    }

    /// <summary>A bundle of text representations, in the order given.</summary>
    public static MimeBundle Of(params (string MimeType, string Text)[] representations) =>
        new(representations.ToDictionary(r => r.MimeType, r => Value(r.MimeType, r.Text)));

    /// <summary>Content of a type as Jupyter carries it: the types of JSON as JSON, others as text.</summary>
    /// <exception cref="JsonException">The type is one of JSON and the text is not.</exception>
    public static JsonElement Value(string mimeType, string text) => mimeType.EndsWith("json", StringComparison.Ordinal)
        ? JsonSerializer.Deserialize<JsonElement>(text)
        : JsonSerializer.SerializeToElement(text);

    /// <summary>The text/plain representation, which every bundle of this kernel has.</summary>
    public string Text => Data.TryGetValue(PlainText, out var text) ? text.GetString() ?? "" : "";

    /// <summary>The bundle with text/plain: its own, or else the one given.</summary>
    public MimeBundle WithText(Func<string> text) => Data.ContainsKey(PlainText)
        ? this
        : this with { Data = new Dictionary<string, JsonElement>(Data) { [PlainText] = JsonSerializer.SerializeToElement(text()) } };

    /// <summary>The bundle without the representations that were not asked for; text/plain stays. Nothing asked for means all.</summary>
    public MimeBundle Only(IReadOnlyCollection<string> mimeTypes) => mimeTypes.Count == 0
        ? this
        : this with { Data = Data.Where(d => d.Key == PlainText || mimeTypes.Contains(d.Key)).ToDictionary() };
}
