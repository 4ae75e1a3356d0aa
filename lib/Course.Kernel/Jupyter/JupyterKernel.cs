using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>
/// The kernel as front-ends see it. Shell requests are answered in turn; control requests beside them, which is how an
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
        // First of all and beside everything: the compiler takes longest to wake.
        _ = WarmUpAsync();
        sockets = new KernelSockets(connection);
        input = new InputRequests(sockets, factory);
        var history = new HistoryStore();
        cells = new CellExecution(engine, history, input, Publish);
        language = new LanguageRequests(engine.Language, history);
    }

    /// <summary>Serves until a front-end asks for shutdown or is gone, or the system asks the process to end.</summary>
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
                // Taken before the front-end hears of the failure: what it sends afterwards is meant.
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

    /// <summary>A cell that was queued behind a failed one was meant to follow its success; other questions are answered.</summary>
    private Task<JsonObject?> AbortAsync(JupyterMessage request) => request.Type == "execute_request"
        ? AnswerAsync(KernelChannel.Shell, request, _ => Task.FromResult<JsonObject?>(new() { ["status"] = "aborted" }))
        : AnswerAsync(KernelChannel.Shell, request);

    private Task<JsonObject?> AnswerAsync(KernelChannel channel, JupyterMessage request) => AnswerAsync(channel, request, HandleAsync);

    /// <summary>Busy, the answer, idle; a fault of the kernel's own is an error reply and leaves it running.</summary>
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
            // What a reader sees of a cell is on iopub; a reply alone shows nothing.
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
                // No widgets here; the protocol wants an unknown target closed at once.
                Publish(request, "comm_close", new() { ["comm_id"] = request.Get("comm_id", ""), ["data"] = new JsonObject() });
                return null;
            case "interrupt_request":
                cells.Interrupt();
                return new() { ["status"] = "ok" };
            case "shutdown_request":
                cells.Interrupt();
                return new() { ["status"] = "ok", ["restart"] = request.Get("restart", false) };
            default:
                KernelLog.Write($"'{request.Type}' is not served by this kernel.");
                return null;
        }
    }

    private void Publish(JupyterMessage request, string type, JsonObject content) =>
        sockets.Send(KernelChannel.IoPub, factory.Broadcast(request.Header, type, content));

    private void Broadcast(JsonObject parent, string state) =>
        sockets.Send(KernelChannel.IoPub, factory.Broadcast(parent, "status", new() { ["execution_state"] = state }));
}
