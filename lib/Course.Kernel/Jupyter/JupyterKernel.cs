using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>
/// The kernel as front-ends see it. Shell requests are answered one after another; control requests are answered concurrently, so an
/// interrupt reaches a running cell.
/// </summary>
public sealed class JupyterKernel : IAsyncDisposable
{
    private readonly ExecutionEngine engine = new(EngineOptions.Here);
    private readonly KernelSockets sockets;
    private readonly MessageFactory factory = new(TimeProvider.System);
    private readonly InputRequests input;
    private readonly CellExecution cells;
    private readonly LanguageRequests language;
    private readonly CancellationTokenSource shutdown = new();

    public JupyterKernel(ConnectionFile connection)
    {
        // Started first and concurrently, because the compiler takes longest to load.
        _ = WarmUpAsync();
        sockets = new KernelSockets(connection);
        input = new InputRequests(sockets, factory);
        var history = new HistoryStore();
        cells = new CellExecution(engine, history, input, Publish);
        language = new LanguageRequests(engine.Language, history);
    }

    /// <summary>Serves requests until a front-end requests shutdown or exits, or the system asks the process to end.</summary>
    public async Task RunAsync()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            cells.Interrupt();
        });
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            cells.Interrupt();
            _ = shutdown.CancelAsync();
        });
        Broadcast([], "starting");
        var serving = new[] { ServeShellAsync(), ServeControlAsync(), input.ServeAsync(shutdown.Token) };
        await Task.WhenAny([.. serving, ParentProcess.GoneAsync(shutdown.Token)]).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await shutdown.CancelAsync();
        sockets.Dispose();
        await engine.DisposeAsync();
        shutdown.Dispose();
    }

    private async Task WarmUpAsync()
    {
        await engine.WarmUpAsync();
        await engine.WarmUpLanguageAsync(shutdown.Token);
    }

    private async Task ServeShellAsync()
    {
        await foreach (var request in sockets.Shell.Reader.ReadAllAsync(shutdown.Token))
        {
            var queued = new List<JupyterMessage>();
            await AnswerAsync(KernelChannel.Shell, request, async current =>
            {
                var reply = await HandleAsync(current);
                // Dequeued before the front-end learns of the failure: requests sent afterwards are intentional.
                while (StopsTheQueue(current, reply) && sockets.Shell.Reader.TryRead(out var next))
                    queued.Add(next);
                return reply;
            });
            foreach (var next in queued)
                await AbortAsync(next);
        }
    }

    private async Task ServeControlAsync()
    {
        await foreach (var request in sockets.Control.Reader.ReadAllAsync(shutdown.Token))
        {
            await AnswerAsync(KernelChannel.Control, request);
            if (request.Type == "shutdown_request")
                await shutdown.CancelAsync();
        }
    }

    private static bool StopsTheQueue(JupyterMessage request, JsonObject? reply) =>
        request.Type == "execute_request" && request.Get("stop_on_error", true) && reply?["status"]?.GetValue<string>() == "error";

    /// <summary>
    /// Aborts a cell that was queued after a failed one, because it expected that cell to succeed. Other requests are answered.
    /// </summary>
    private Task<JsonObject?> AbortAsync(JupyterMessage request) => request.Type == "execute_request"
        ? AnswerAsync(KernelChannel.Shell, request, _ => Task.FromResult<JsonObject?>(new() { ["status"] = "aborted" }))
        : AnswerAsync(KernelChannel.Shell, request);

    private Task<JsonObject?> AnswerAsync(KernelChannel channel, JupyterMessage request) => AnswerAsync(channel, request, HandleAsync);

    /// <summary>
    /// Publishes busy, sends the reply and publishes idle. An exception in the kernel itself becomes an error reply, and
    /// the kernel keeps running.
    /// </summary>
    private async Task<JsonObject?> AnswerAsync(
        KernelChannel channel, JupyterMessage request, Func<JupyterMessage, Task<JsonObject?>> handle)
    {
        Broadcast(request.Header, "busy");
        JsonObject? reply;
        try
        {
            reply = await handle(request);
        }
        catch (Exception e)
        {
            KernelLog.Write($"{request.Type} failed: {e}");
            reply = new()
            {
                ["status"] = "error",
                ["ename"] = e.GetType().FullName,
                ["evalue"] = e.Message,
                ["traceback"] = new JsonArray(e.Message),
            };
            // Front-ends show what is published on iopub; a reply alone is not shown.
            if (request.Type == "execute_request")
                Publish(request, "error", (JsonObject)reply.DeepClone());
        }
        if (reply is not null)
            sockets.Send(
                channel,
                factory.Reply(
                    request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), (JsonObject)reply.DeepClone()));
        Broadcast(request.Header, "idle");
        return reply;
    }

    private async Task<JsonObject?> HandleAsync(JupyterMessage request)
    {
        switch (request.Type)
        {
            case "kernel_info_request":
                return KernelInfo.Content;
            case "execute_request":
                return await cells.ExecuteAsync(request);
            case "complete_request":
                return await language.CompleteAsync(request);
            case "inspect_request":
                return await language.InspectAsync(request);
            case "is_complete_request":
                return LanguageRequests.IsComplete(request);
            case "history_request":
                return language.History(request);
            case "comm_info_request":
                return new() { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // Widgets are not supported. The protocol requires closing a comm of an unknown target.
                Publish(request, "comm_close", new() { ["comm_id"] = request.Get("comm_id", ""), ["data"] = new JsonObject() });
                return null;
            case "interrupt_request":
                cells.Interrupt();
                return new() { ["status"] = "ok" };
            case "shutdown_request":
                cells.Interrupt();
                return new() { ["status"] = "ok", ["restart"] = request.Get("restart", false) };
            default:
                KernelLog.Write($"'{request.Type}' is not supported by this kernel.");
                return null;
        }
    }

    private void Publish(JupyterMessage request, string type, JsonObject content) =>
        sockets.Send(KernelChannel.IoPub, factory.Broadcast(request.Header, type, content));

    private void Broadcast(JsonObject parent, string state) =>
        sockets.Send(KernelChannel.IoPub, factory.Broadcast(parent, "status", new() { ["execution_state"] = state }));
}
