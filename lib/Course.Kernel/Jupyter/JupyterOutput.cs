using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>Publishes a cell's output as messages on iopub, with the request that runs the cell as their parent.</summary>
internal sealed class JupyterOutput : ICellOutput
{
    private readonly Action<string, JsonObject> publish;
    private readonly Func<string, bool, CancellationToken, Task<string>> ask;
    private readonly StreamBuffer streams;
    private readonly int executionCount;

    public JupyterOutput(int executionCount, Action<string, JsonObject> publish, Func<string, bool, CancellationToken, Task<string>> ask)
    {
        this.executionCount = executionCount;
        this.publish = publish;
        this.ask = ask;
        streams = new(
            (stream, text) => publish("stream", new() { ["name"] = stream == OutputStream.Out ? "stdout" : "stderr", ["text"] = text }));
    }

    /// <summary>The text of the result, for the history; null if there was none.</summary>
    public string? ResultText { get; private set; }

    public JsonArray Payloads { get; } = [];

    public void Flush() => streams.Flush();

    public void Write(OutputStream stream, string text) => streams.Write(stream, text);

    public void Display(MimeBundle content, string displayId) => Publish("display_data", Shown(content, displayId));

    public void UpdateDisplay(MimeBundle content, string displayId) => Publish("update_display_data", Shown(content, displayId));

    public void ExecuteResult(MimeBundle content)
    {
        ResultText = content.Text;
        var message = Bundle(content);
        message["execution_count"] = executionCount;
        Publish("execute_result", message);
    }

    public void ClearOutput(bool wait) => Publish("clear_output", new() { ["wait"] = wait });

    public void Page(MimeBundle content)
    {
        var page = Bundle(content);
        (page["source"], page["start"]) = ("page", 0);
        page.Remove("metadata");
        lock (Payloads)
            Payloads.Add(page);
    }

    public Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel)
    {
        streams.Flush();
        return ask(prompt, password, cancel);
    }

    public static JsonObject Bundle(MimeBundle content) => new()
    {
        ["data"] = new JsonObject(content.Data.Select(d => KeyValuePair.Create(d.Key, Node(d.Value)))),
        ["metadata"] = Node(content.Metadata),
    };

    private static JsonObject Shown(MimeBundle content, string displayId)
    {
        var message = Bundle(content);
        message["transient"] = new JsonObject { ["display_id"] = displayId };
        return message;
    }

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());

    private void Publish(string type, JsonObject content)
    {
        streams.Flush();
        publish(type, content);
    }
}
