using System.Globalization;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>The start and end of a cell's run, in its metadata under "execution", with the keys that nbclient and JupyterLab use.</summary>
internal static class CellTiming
{
    private const string Begin = "iopub.execute_input";
    private const string End = "shell.execute_reply";

    public static void Write(NotebookCell cell, DateTimeOffset begin, DateTimeOffset end) =>
        cell.Metadata["execution"] = new JsonObject
        {
            [Begin] = begin.ToString("O", CultureInfo.InvariantCulture),
            [End] = end.ToString("O", CultureInfo.InvariantCulture),
        };

    public static TimeSpan? Read(NotebookCell cell) =>
        cell.Metadata["execution"] is JsonObject timing && Time(timing[Begin]) is { } begin && Time(timing[End]) is { } end
            ? end - begin
            : null;

    private static DateTimeOffset? Time(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time)
            ? time
            : null;
}
