using System.Text.Json.Nodes;
using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>Handles execute_request: counts and runs the cell, publishes its output and returns the reply.</summary>
internal sealed class CellExecution(
    ExecutionEngine engine, HistoryStore history, InputRequests input, Action<JupyterMessage, string, JsonObject> publish)
{
    private const string InterruptedName = "Interrupted";

    private readonly Lock gate = new();
    private CancellationTokenSource? running;
    private int count;

    /// <summary>Interrupts the running cell, if any.</summary>
    public void Interrupt()
    {
        lock (gate)
            _ = running?.CancelAsync();
    }

    /// <summary>Runs the cell of a request.</summary>
    /// <returns>The content of the execute_reply.</returns>
    public async Task<JsonObject> ExecuteAsync(JupyterMessage request)
    {
        var (code, silent) = (request.Get("code", ""), request.Get("silent", false));
        var keeps = !silent && request.Get("store_history", true);
        if (keeps)
            count++;
        if (!silent)
            publish(request, "execute_input", new() { ["code"] = code, ["execution_count"] = count });
        var output = new JupyterOutput(
            count,
            silent ? (_, _) => { }
        : (type, content) => publish(request, type, content),
            (prompt, password, cancel) => input.AskAsync(request, prompt, password, cancel));
        var outcome = await RunAsync(code, output, keeps ? $"cell {count}" : "a cell outside the history");
        output.Flush();
        if (keeps)
            history.Add(new(count, code, output.ResultText));
        return outcome is CellOutcome.Succeeded
            ? await SucceededAsync(request, output)
            : Failed(request, outcome, silent);
    }

    private async Task<CellOutcome> RunAsync(string code, ICellOutput output, string name)
    {
        using var interrupt = new CancellationTokenSource();
        lock (gate)
            running = interrupt;
        try
        {
            return await engine.ExecuteAsync(code, output, interrupt.Token, name);
        }
        finally
        {
            lock (gate)
                running = null;
        }
    }

    private async Task<JsonObject> SucceededAsync(JupyterMessage request, JupyterOutput output)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
            values[name] = await EvaluateAsync(expression!.GetValue<string>());
        return new() { ["status"] = "ok", ["execution_count"] = count, ["payload"] = output.Payloads, ["user_expressions"] = values };
    }

    private async Task<JsonObject> EvaluateAsync(string expression)
    {
        MimeBundle? value = null;
        var output = new JupyterOutput(0, (_, _) => { }, (_, _, _) => throw new InputUnavailableException());
        var outcome = await RunAsync(expression, new ResultOnly(v => value = v, output), "a user expression");
        if (outcome is not CellOutcome.Succeeded)
            return Error(outcome);
        var content = value is null
            ? new JsonObject { ["data"] = new JsonObject(), ["metadata"] = new JsonObject() }
            : JupyterOutput.Bundle(value);
        content["status"] = "ok";
        return content;
    }

    private JsonObject Failed(JupyterMessage request, CellOutcome outcome, bool silent)
    {
        var content = Error(outcome);
        if (!silent)
        {
            var shown = (JsonObject)content.DeepClone();
            shown.Remove("status");
            publish(request, "error", shown);
        }
        content["execution_count"] = count;
        return content;
    }

    private static JsonObject Error(CellOutcome outcome)
    {
        var (name, message, traceback) = outcome is CellOutcome.Failed failed
            ? (failed.Name, failed.Message, failed.Traceback)
            : (InterruptedName,
                "The cell was interrupted; what it had assigned is kept.",
                ["Interrupted: the cell was stopped; what it had assigned is kept."]);
        return new()
        {
            ["status"] = "error",
            ["ename"] = name,
            ["evalue"] = message,
            ["traceback"] = new JsonArray([.. traceback.Select(l => (JsonNode)l)])
        };
    }
}
