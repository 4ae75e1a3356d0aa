using System.Text.Json.Nodes;

namespace Course.Kernel.Tests.Notebooks;

/// <summary>Creates tiny notebooks as text. Cells beginning with "md:" are Markdown; a trailing "//tag:x" tags the cell.</summary>
public static class NotebookText
{
    public static string Of(params string[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select(Cell)]),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["name"] = ".net-csharp", ["language"] = "C#", ["display_name"] = "C#" },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();

    private static JsonNode Cell(string text, int index)
    {
        var markdown = text.StartsWith("md:", StringComparison.Ordinal);
        var tag = text.LastIndexOf("//tag:", StringComparison.Ordinal);
        var cell = new JsonObject
        {
            ["cell_type"] = markdown ? "markdown" : "code",
            ["id"] = $"c{index + 1}",
            ["metadata"] = tag < 0 ? new JsonObject() : new JsonObject { ["tags"] = new JsonArray(text[(tag + 6)..].Trim()) },
            ["source"] = markdown ? text[3..] : text,
        };
        if (!markdown)
        {
            cell["execution_count"] = null;
            cell["outputs"] = new JsonArray();
        }

        return cell;
    }
}
