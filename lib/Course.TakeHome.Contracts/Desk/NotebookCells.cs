using System.Text.Json;
using System.Text.RegularExpressions;

namespace Course.TakeHome.Contracts;

/// <summary>One cell, as far as answers go.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Id">Its id, wherever the front-end keeps it; empty where there is none.</param>
/// <param name="IsCode">Whether it is a cell of code.</param>
/// <param name="IsMarkdown">Whether it is one of Markdown.</param>
/// <param name="Source">Its text, without blanks around it.</param>
internal sealed partial record NotebookCell(int Number, string Id, bool IsCode, bool IsMarkdown, string Source)
{
    /// <summary>Whether the text implements an interface: that of an exercise's answer.</summary>
    public bool Implements(string contract) => IsCode && Shows(contract);

    /// <summary>Whether its text implements the interface, though the cell may be one of text that was code before.</summary>
    public bool Shows(string contract) =>
        Declarations().Matches(Comments().Replace(Source, " ")).Any(head => Regex.IsMatch(head.Groups["bases"].Value, $@"\b{contract}\b"));

    /// <summary>Whether it declares a type of its own: code that an answer may need.</summary>
    public bool Declares => IsCode && TypeNames().IsMatch(Comments().Replace(Source, " "));

    /// <summary>Whether it came with the notebook: what loads the contracts, and what runs the checks.</summary>
    public bool IsOurs => Source.Contains("Course.TakeHome.Contracts.dll", StringComparison.Ordinal)
        || Source.Contains($"{nameof(NotebookCheck)}.{nameof(NotebookCheck.Run)}(", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(class|struct|record)\s+\w+[^{};:]*:(?<bases>[^{};]*)")]
    private static partial Regex Declarations();

    [GeneratedRegex(@"\b(class|struct|record|interface|enum)\s+\w+")]
    private static partial Regex TypeNames();

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();
}

/// <summary>Reads the cells of a notebook that some front-end saved: with ids or without, lines as a list or as one text.</summary>
internal static class NotebookCells
{
    /// <exception cref="JsonException">It is no notebook.</exception>
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
            throw new JsonException($"its cell {number} is none");
        var type = Text(cell, "cell_type");
        return new(number, Id(cell), type == "code", type == "markdown", Source(number, cell).ReplaceLineEndings("\n").Trim());
    }

    /// <summary>Newer formats have an id for each cell; some front-ends keep one among the metadata.</summary>
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
