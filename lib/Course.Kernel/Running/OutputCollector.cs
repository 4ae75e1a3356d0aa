using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>
/// Collects the output of a notebook's cells as nbformat outputs, as nbclient does: consecutive text of one stream becomes one output, an
/// update changes a display wherever it was shown, and clearing may wait for the next output. Output beyond the limits of a cell or of the
/// notebook is left out. Thread-safe.
/// </summary>
internal sealed class OutputCollector
{
    private readonly Dictionary<string, List<Shown>> displays = [];
    private readonly Lock gate = new();
    private List<Shown> outputs = [];
    private StringBuilder? stream;
    private string streamName = "";
    private long cellSize, notebookSize;
    private bool clearOnNext, cut;
    private int executionCount;

    /// <summary>Whether the output so far exceeds <see cref="OutputSize.NotebookLimit"/>, so part of it is missing.</summary>
    public bool IsOverflowing { get; private set; }

    public void BeginCell(int count)
    {
        lock (gate)
        {
            outputs = [];
            (stream, cellSize, clearOnNext, cut, executionCount) = (null, 0, false, false, count);
        }
    }

    public JsonArray EndCell()
    {
        lock (gate)
        {
            CloseStream();
            return new JsonArray([.. outputs.Select(output => output.Json)]);
        }
    }

    public void Show(WorkerReply reply)
    {
        lock (gate)
        {
            switch (reply)
            {
                case WorkerReply.Streamed text:
                    Stream(text.Error ? "stderr" : "stdout", text.Text);
                    break;
                case WorkerReply.Displayed { Update: true } update:
                    Update(update);
                    break;
                case WorkerReply.Displayed display:
                    Display(display);
                    break;
                case WorkerReply.Returned result:
                    Return(result);
                    break;
                case WorkerReply.Cleared clear:
                    Clear(clear.Wait);
                    break;
                case WorkerReply.Cut:
                    Cut();
                    break;
            }
        }
    }

    public void Fail(string name, string message, IReadOnlyList<string> traceback)
    {
        lock (gate)
            Add(new Shown(new JsonObject
            {
                ["output_type"] = "error",
                ["ename"] = name,
                ["evalue"] = message,
                ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
            }));
    }

    private void Stream(string name, string text)
    {
        if (clearOnNext || stream is null || streamName != name)
        {
            if (!TryReserve(OutputSize.Overhead))
                return;

            Begin(name, OutputSize.Overhead);
        }

        var room = Math.Min(OutputSize.CellLimit - cellSize, OutputSize.NotebookLimit - notebookSize);
        var fitting = cut ? 0 : OutputSize.Fitting(text, room);
        stream!.Append(text.AsSpan(0, fitting));
        var size = OutputSize.Of(text.AsSpan(0, fitting));
        outputs[^1].Size += size;
        (cellSize, notebookSize) = (cellSize + size, notebookSize + size);
        if (fitting < text.Length)
            TryReserve(OutputSize.Of(text));
    }

    private void Begin(string name, long size)
    {
        Add(new Shown(new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = new JsonArray() }) { Size = size });
        (stream, streamName) = (new StringBuilder(), name);
    }

    private void Return(WorkerReply.Returned result)
    {
        var size = OutputSize.Of(result.Data, result.Metadata);
        if (TryReserve(size))
        {
            var output = Add(new Shown(Rich("execute_result", result.Data, result.Metadata)) { Size = size });
            output.Json["execution_count"] = executionCount;
        }
    }

    private void Display(WorkerReply.Displayed display)
    {
        var size = OutputSize.Of(display.Data, display.Metadata);
        if (!TryReserve(size))
            return;

        var output = Add(new Shown(Rich("display_data", display.Data, display.Metadata)) { Size = size, DisplayId = display.DisplayId });
        if (!displays.TryGetValue(display.DisplayId, out var shown))
            displays[display.DisplayId] = shown = [];

        shown.Add(output);
    }

    /// <summary>The updated display may belong to an earlier cell, so only the notebook's limit applies.</summary>
    private void Update(WorkerReply.Displayed update)
    {
        var size = OutputSize.Of(update.Data, update.Metadata);
        foreach (var output in displays.GetValueOrDefault(update.DisplayId, []))
        {
            if (notebookSize + size - output.Size > OutputSize.NotebookLimit)
            {
                IsOverflowing = true;
                Cut();
                return;
            }

            notebookSize += size - output.Size;
            output.Size = size;
            output.Json["data"] = Data(update.Data);
            output.Json["metadata"] = Metadata(update.Metadata);
        }
    }

    private void Clear(bool wait)
    {
        clearOnNext = wait;
        if (wait)
            return;

        foreach (var output in outputs)
        {
            notebookSize -= output.Size;
            if (output.DisplayId is { } id && displays.TryGetValue(id, out var shown) && shown.Remove(output) && shown.Count == 0)
                displays.Remove(id);
        }

        outputs = [];
        (stream, cellSize, cut) = (null, 0, false);
    }

    /// <summary>Reserves room for output of this size, in bytes. If there is none, the cell's further output is left out.</summary>
    private bool TryReserve(long size)
    {
        if (clearOnNext)
            Clear(wait: false);

        if (cut || cellSize + size > OutputSize.CellLimit || notebookSize + size > OutputSize.NotebookLimit)
        {
            IsOverflowing |= !cut && notebookSize + size > OutputSize.NotebookLimit;
            Cut();
            return false;
        }

        (cellSize, notebookSize) = (cellSize + size, notebookSize + size);
        return true;
    }

    private void Cut()
    {
        if (cut)
            return;

        cut = true;
        Begin("stderr", size: 0);
        stream!.Append(
            CultureInfo.InvariantCulture,
            $"… output cut here: a cell shows at most {OutputSize.CellLimit >> 20} MiB, a notebook " +
            $"{OutputSize.NotebookLimit >> 20} MiB.\n");
        CloseStream();
    }

    private Shown Add(Shown output)
    {
        CloseStream();
        if (clearOnNext)
            Clear(wait: false);

        outputs.Add(output);
        return output;
    }

    private void CloseStream()
    {
        if (stream is not null)
        {
            outputs[^1].Json["text"] = MultilineText.Write(StreamText.ApplyCarriageReturns(stream.ToString()));
            stream = null;
        }
    }

    /// <summary>An output and its size; <c>DisplayId</c> is set if it can be updated.</summary>
    private sealed class Shown(JsonObject json)
    {
        public JsonObject Json { get; } = json;

        public long Size { get; set; }

        public string? DisplayId { get; init; }
    }

    private static JsonObject Rich(string type, IReadOnlyDictionary<string, JsonElement> data, JsonElement metadata) => new()
    {
        ["output_type"] = type,
        ["data"] = Data(data),
        ["metadata"] = Metadata(metadata),
    };

    private static JsonObject Metadata(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object ? JsonObject.Create(metadata)! : [];

    private static JsonObject Data(IReadOnlyDictionary<string, JsonElement> data) =>
        new(data.Select(form => KeyValuePair.Create(form.Key, Form(form.Key, form.Value))));

    /// <summary>Converts text to lines, as nbformat stores it; base64 pictures and JSON are unchanged.</summary>
    private static JsonNode? Form(string mime, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && (mime.StartsWith("text/", StringComparison.Ordinal) || mime == "image/svg+xml")
            ? MultilineText.Write(value.GetString()!)
            : JsonSerializer.SerializeToNode(value);
}
