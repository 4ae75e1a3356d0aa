using System.Text.Json.Nodes;
using Course.Kernel.Execution;
using Course.Kernel.Language;

namespace Course.Kernel.Jupyter;

/// <summary>Answers complete_request, inspect_request, is_complete_request and history_request.</summary>
internal sealed class LanguageRequests(LanguageServices language, HistoryStore history)
{
    public async Task<JsonObject> CompleteAsync(JupyterMessage request)
    {
        var (code, position) = Cursor(request);
        var found = await language.CompleteAsync(code, position, CancellationToken.None);
        var (start, end) = (CodeOffsets.ToCodePoints(code, found.Start), CodeOffsets.ToCodePoints(code, found.End));
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Items.Select(i => (JsonNode)i.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray(
                [
                    .. found.Items.Select(i =>
                        (JsonNode)new JsonObject { ["text"] = i.Text, ["type"] = i.Kind, ["start"] = start, ["end"] = end }),
                ]),
            },
        };
    }

    public async Task<JsonObject> InspectAsync(JupyterMessage request)
    {
        var (code, position) = Cursor(request);
        var about = await language.InspectAsync(code, position, CancellationToken.None);
        var content = JupyterOutput.Bundle(about ?? new MimeBundle(new Dictionary<string, System.Text.Json.JsonElement>()));
        (content["status"], content["found"]) = ("ok", about is not null);
        return content;
    }

    public static JsonObject IsComplete(JupyterMessage request)
    {
        var (status, indent) = Completeness.Of(request.Get("code", ""));
        var content = new JsonObject { ["status"] = status.ToString().ToLowerInvariant() };
        if (status == CompletenessStatus.Incomplete)
            content["indent"] = indent;
        return content;
    }

    public JsonObject History(JupyterMessage request)
    {
        var found = request.Get("hist_access_type", "tail") switch
        {
            "range" => history.Range(request.Get("session", 0), request.Get("start", 0), request.Get<int?>("stop", null)),
            "search" => history.Search(request.Get("pattern", "*"), request.Get("unique", false), request.Get<int?>("n", null)),
            _ => history.Tail(request.Get("n", 10)),
        };
        var withOutput = request.Get("output", false);
        return new()
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(e => (JsonNode)new JsonArray(
                HistoryStore.Session, e.Line, withOutput ? new JsonArray(e.Input, e.Output) : JsonValue.Create(e.Input)))]),
        };
    }

    private static (string Code, int Position) Cursor(JupyterMessage request)
    {
        var code = request.Get("code", "");
        return (code, CodeOffsets.ToUtf16(code, request.Get("cursor_pos", code.Length)));
    }
}
