using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Course.Kernel.Notebooks;
using Course.Site.Mathematics;

namespace Course.Site;

/// <summary>
/// Renders the outputs of a cell as HTML that needs no network. It uses the richest representation for which that is possible.
/// </summary>
public sealed partial class OutputRenderer(MarkdownRenderer markdown)
{
    public const string Plotly = "application/vnd.plotly.v1+json";

    private static readonly string[] Pictures = ["image/svg+xml", "image/png", "image/jpeg", "image/gif"];

    // This encoder escapes '<', so no text of a chart can end the script element.
    private static readonly JsonSerializerOptions InScript = new();

    public string ToHtml(JsonNode output) => (string?)output["output_type"] switch
    {
        "stream" => Stream(output),
        "error" => Error(output),
        "display_data" or "execute_result" when output["data"] is JsonObject data => Rich(data),
        _ => "",
    };

    private static string Stream(JsonNode output)
    {
        var kind = (string?)output["name"] == "stderr" ? "stderr" : "stdout";
        return $"<pre class=\"stream {kind}\">{AnsiText.ToHtml(Text(output["text"]))}</pre>";
    }

    private static string Error(JsonNode output)
    {
        var traceback = output["traceback"] is JsonArray lines && lines.Count > 0
            ? string.Join('\n', lines.Select(Text))
            : $"{Text(output["ename"])}: {Text(output["evalue"])}";
        return $"<pre class=\"error\">{AnsiText.ToHtml(traceback)}</pre>";
    }

    private string Rich(JsonObject data)
    {
        if (data[Plotly] is JsonObject figure)
            return Chart(figure, data);

        if (Markup(data) is { } markup)
            return $"<div class=\"rich\">{markup}</div>";

        if (data["text/markdown"] is { } text)
            return $"<div class=\"rich\">{markdown.ToHtml(Text(text))}</div>";

        if (Picture(data, "") is { } picture)
            return $"<div class=\"picture\">{picture}</div>";

        return data["text/latex"] is { } latex
            ? $"<div class=\"rich formula\">{LatexMath.ToMathMl(Text(latex).Trim('$', ' ', '\n'), display: true)}</div>"
            : $"<pre class=\"plain\">{AnsiText.ToHtml(Plain(data))}</pre>";
    }

    /// <summary>Returns the HTML representation if it needs neither scripts nor a network; otherwise null.</summary>
    private static string? Markup(JsonObject data) => data["text/html"] is { } html ? SafeMarkup.SelfContained(Text(html)) : null;

    /// <summary>Renders a chart. The still picture is shown until a script has drawn the chart, and stays if no script runs.</summary>
    private static string Chart(JsonObject figure, JsonObject data)
    {
        var title = Title(figure);
        var still = Markup(data) ?? Picture(data, title) ?? $"<pre class=\"plain\">{WebUtility.HtmlEncode(Plain(data))}</pre>";
        return $"""
            <figure class="chart" aria-label="{WebUtility.HtmlEncode(title)}"><div class="still">{still}</div>
            <script type="application/json">{Clean(figure)!.ToJsonString(InScript)}</script></figure>
            """;
    }

    /// <summary>Cleans the texts of a figure. Cleaning the page later is not enough, because JSON would decode the escapes again.</summary>
    private static JsonNode? Clean(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(SafeText.Line(field.Key), Clean(field.Value)))
            .DistinctBy(field => field.Key)),
        JsonArray items => new JsonArray([.. items.Select(Clean)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(SafeText.Lines(text, int.MaxValue)),
        _ => node?.DeepClone(),
    };

    private static string Title(JsonObject figure)
    {
        var title = (figure["layout"] as JsonObject)?["title"];
        var text = title is JsonObject rich ? rich["text"] : title;
        return text is JsonValue value && value.TryGetValue<string>(out var plain)
            ? Tag().Replace(plain, " ").Trim()
            : "Chart";
    }

    private static string? Picture(JsonObject data, string alternative)
    {
        foreach (var type in Pictures)
        {
            if (data[type] is { } node)
            {
                var text = Text(node);
                var base64 = type == "image/svg+xml"
                    ? Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))
                    : text.ReplaceLineEndings("");
                var alt = WebUtility.HtmlEncode(alternative.Length > 0 ? alternative : Plain(data));
                return $"<img src=\"data:{type};base64,{WebUtility.HtmlEncode(base64)}\" alt=\"{alt}\">";
            }
        }

        return null;
    }

    private static string Plain(JsonObject data)
    {
        var plain = data["text/plain"];
        return plain is not null ? Text(plain) : data["application/json"]?.ToJsonString() ?? "";
    }

    /// <summary>Returns the text of an output; anything that is not text is returned as JSON.</summary>
    private static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonArray lines when lines.All(line => line?.GetValueKind() == JsonValueKind.String) => MultilineText.Read(lines),
        _ => node.ToJsonString(),
    };

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
