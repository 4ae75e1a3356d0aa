using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>
/// Validates a notebook's JSON before anything uses it. Throws <see cref="FormatException"/> with what is wrong, where, and what to do;
/// <see cref="NotebookFile"/> adds the file's name.
/// </summary>
internal static class NotebookValidation
{
    private const string SaveAgain = "Open it in Jupyter and save it again, or fetch it again.";

    public static Notebook Validate(JsonNode? root)
    {
        if (root is not JsonObject json)
            throw new FormatException("holds JSON, but not a notebook: expected an object at the top. " + SaveAgain);

        RequireFormat4(json);
        RequireKernel(json);
        var cells = json["cells"] as JsonArray ?? throw new FormatException("has no list of cells. " + SaveAgain);
        var read = cells.Select(ReadCell).ToArray();
        GiveMissingIds(json, read);
        return new Notebook(json, read);
    }

    private static void RequireFormat4(JsonObject json)
    {
        if (json["nbformat"] is not JsonValue value || !value.TryGetValue<int>(out var major))
            throw new FormatException("holds JSON, but not a notebook: expected a whole number \"nbformat\". " + SaveAgain);

        if (major != 4)
            throw new FormatException(
                $"is nbformat {major}; expected nbformat 4. Convert it: jupyter nbconvert --to notebook --nbformat 4.");
    }

    private static void RequireKernel(JsonObject json)
    {
        var spec = (json["metadata"] as JsonObject)?["kernelspec"] as JsonObject;
        var name = spec?["name"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        if (name is not (Notebook.KernelName or Notebook.OwnKernelName))
        {
            var came = name is null ? "names no kernel" : $"is for the kernel {SafeText.Quote(name)}";
            throw new FormatException(
                $"{came}; expected '{Notebook.KernelName}' (metadata.kernelspec.name). "
                + "Choose the C# kernel in Jupyter and save the notebook, or run it with its own kernel.");
        }
    }

    private static NotebookCell ReadCell(JsonNode? node, int index)
    {
        if (node is not JsonObject json)
            throw new FormatException($"has a cell {index + 1} that is not an object. " + SaveAgain);

        try
        {
            return new NotebookCell(json, Kind(json));
        }
        // Wrong types and text that is not Unicode (lone surrogates) cause these two exceptions.
        catch (Exception e) when (e is FormatException or InvalidOperationException)
        {
            var why = SafeText.Line(e.Message).TrimEnd('.');
            throw new FormatException($"has a cell {index + 1} that cannot be read: {why}. " + SaveAgain, e);
        }
    }

    private static CellKind Kind(JsonObject json) => (json["cell_type"] as JsonValue)?.ToString() switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        "raw" => CellKind.Raw,
        var other => throw new FormatException($"its cell_type is {SafeText.Quote(other)}, expected code, markdown or raw"),
    };

    /// <summary>Since nbformat 4.5 every cell has an id. Missing ids are added, so our copy is valid.</summary>
    private static void GiveMissingIds(JsonObject json, NotebookCell[] cells)
    {
        if (json["nbformat_minor"] is not JsonValue value || !value.TryGetValue<int>(out var minor) || minor < 5)
            return;

        for (var i = 0; i < cells.Length; i++)
            cells[i].Json["id"] ??= $"cell-{i + 1}";
    }
}
