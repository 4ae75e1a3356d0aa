using System.Text.Json;
using System.Text.RegularExpressions;

namespace Course.TakeHome.Contracts;

/// <summary>One cell of a notebook, as far as answers are concerned.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Id">Its id, wherever the front-end keeps it; empty if there is none.</param>
/// <param name="IsCode">Whether it is a code cell.</param>
/// <param name="IsMarkdown">Whether it is a Markdown cell.</param>
/// <param name="Source">Its text, without white space around it.</param>
internal sealed partial record NotebookCell(int Number, string Id, bool IsCode, bool IsMarkdown, string Source)
{
    /// <summary>Whether it is a code cell with a type that implements an interface.</summary>
    public bool Implements(string contract) => IsCode && Shows(contract);

    /// <summary>Whether its text implements an interface, even if the cell is not a code cell (any more).</summary>
    public bool Shows(string contract) =>
        Declarations().Matches(Comments().Replace(Source, " ")).Any(head => Regex.IsMatch(head.Groups["bases"].Value, $@"\b{contract}\b"));

    /// <summary>Whether it is a code cell that declares a type, which an answer may need.</summary>
    public bool Declares => IsCode && TypeNames().IsMatch(Comments().Replace(Source, " "));

    /// <summary>Whether it came with the notebook: the cells that load the contracts and run the checks.</summary>
    public bool IsOurs => Source.Contains("Course.TakeHome.Contracts.dll", StringComparison.Ordinal)
        || Source.Contains($"{nameof(NotebookCheck)}.{nameof(NotebookCheck.Run)}(", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(class|struct|record)\s+\w+[^{};:]*:(?<bases>[^{};]*)")]
    private static partial Regex Declarations();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+\w+")]
    private static partial Regex TypeNames();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();
}

/// <summary>
/// Reads the cells of a notebook as any front-end saves it: with ids or without, source as a list of lines or as one text.
/// </summary>
internal static class NotebookCells
{
    /// <exception cref="JsonException">The text is not a notebook.</exception>
    public static IReadOnlyList<NotebookCell> Of(string json)
    {
        using var notebook = JsonDocument.Parse(json.TrimStart('\uFEFF'));
        var root = notebook.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("cells", out var cells)
            || cells.ValueKind != JsonValueKind.Array)
            throw new JsonException("it has no list of cells");
        return [.. cells.EnumerateArray().Select((cell, index) => Cell(index + 1, cell))];
    }

    private static NotebookCell Cell(int number, JsonElement cell)
    {
        if (cell.ValueKind != JsonValueKind.Object)
            throw new JsonException($"its cell {number} is not an object");
        var type = Text(cell, "cell_type");
        return new(number, Id(cell), type == "code", type == "markdown", Source(number, cell).ReplaceLineEndings("\n").Trim());
    }

    /// <summary>Newer formats have an id for each cell; some front-ends keep it in the metadata.</summary>
    private static string Id(JsonElement cell) => Text(cell, "id") is { Length: > 0 } id ? id
        : cell.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object ? Text(metadata, "id") : "";

    private static string Source(int number, JsonElement cell)
    {
        if (!cell.TryGetProperty("source", out var source))
            return "";
        return source.ValueKind switch
        {
            JsonValueKind.String => source.GetString()!,
            JsonValueKind.Array when source.EnumerateArray().All(line => line.ValueKind == JsonValueKind.String) =>
                string.Concat(source.EnumerateArray().Select(line => line.GetString())),
            _ => throw new JsonException($"the source of its cell {number} is neither a text nor a list of lines"),
        };
    }

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
