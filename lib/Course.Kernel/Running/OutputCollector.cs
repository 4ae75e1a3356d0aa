using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>
/// Gathers what the cells of one notebook show into nbformat outputs, as nbclient does: text of one stream in a row
/// becomes one output, a display updates wherever it was shown, clearing may wait for what comes next. Thread-safe.
/// </summary>
internal sealed class OutputCollector
{
    /// <summary>Characters of a stream that one cell may write; beyond it a notebook is no longer one that opens.</summary>
    public const int StreamLimit = 4 << 20;

    private readonly Dictionary<string, List<JsonObject>> displays = [];
    private readonly Lock gate = new();
    private List<JsonObject> outputs = [];
    private StringBuilder? stream;
    private string streamName = "";
    private int streamed;
    private bool clearOnNext;
    private int executionCount;

    public void BeginCell(int count)
    {
        lock (gate)
        {
            outputs = [];
            (stream, streamed, clearOnNext, executionCount) = (null, 0, false, count);
        }
    }

    public JsonArray EndCell()
    {
        lock (gate)
        {
            CloseStream();
            return new JsonArray([.. outputs]);
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
                    Add(Rich("execute_result", result.Data, result.Metadata))["execution_count"] = executionCount;
                    break;
                case WorkerReply.Cleared clear:
                    Clear(clear.Wait);
                    break;
            }
        }
    }

    public void Fail(string name, string message, IReadOnlyList<string> traceback)
    {
        lock (gate)
        {
            Add(new JsonObject
            {
                ["output_type"] = "error",
                ["ename"] = name,
                ["evalue"] = message,
                ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
            });
        }
    }

    private void Stream(string name, string text)
    {
        if (clearOnNext || stream is null || streamName != name)
        {
            var output = Add(new JsonObject { ["output_type"] = "stream", ["name"] = name });
            (stream, streamName) = (new StringBuilder(), name);
            output["text"] = new JsonArray();
        }

        var room = Math.Max(0, StreamLimit - streamed);
        stream!.Append(text.AsSpan(0, Math.Min(room, text.Length)));
        if (streamed <= StreamLimit && streamed + text.Length > StreamLimit)
        {
            stream.Append($"\n… cut here: a cell keeps at most {StreamLimit >> 20} Mi characters of text.\n");
        }

        streamed = (int)Math.Min((long)streamed + text.Length, StreamLimit + 1L);
    }

    private void Display(WorkerReply.Displayed display)
    {
        var output = Add(Rich("display_data", display.Data, display.Metadata));
        if (!displays.TryGetValue(display.DisplayId, out var shown))
        {
            displays[display.DisplayId] = shown = [];
        }

        shown.Add(output);
    }

    private void Update(WorkerReply.Displayed update)
    {
        foreach (var output in displays.GetValueOrDefault(update.DisplayId, []))
        {
            output["data"] = Data(update.Data);
            output["metadata"] = Metadata(update.Metadata);
        }
    }

    private void Clear(bool wait)
    {
        clearOnNext = wait;
        if (!wait)
        {
            outputs = [];
            stream = null;
        }
    }

    private JsonObject Add(JsonObject output)
    {
        CloseStream();
        if (clearOnNext)
        {
            Clear(wait: false);
        }

        outputs.Add(output);
        return output;
    }

    private void CloseStream()
    {
        if (stream is not null)
        {
            outputs[^1]["text"] = MultilineText.Write(StreamText.Settle(stream.ToString()));
            stream = null;
        }
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

    /// <summary>Text in lines, as nbformat stores it; pictures in base64 and JSON as they are.</summary>
    private static JsonNode? Form(string mime, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && (mime.StartsWith("text/", StringComparison.Ordinal) || mime == "image/svg+xml")
            ? MultilineText.Write(value.GetString()!)
            : JsonSerializer.SerializeToNode(value);
}
