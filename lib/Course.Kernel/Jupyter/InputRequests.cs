using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>Forwards a cell's requests for input to its front-end, and the answers back to the cell.</summary>
internal sealed class InputRequests(KernelSockets sockets, MessageFactory factory)
{
    private readonly Lock gate = new();
    private TaskCompletionSource<string>? waiting;

    public async Task<string> AskAsync(JupyterMessage request, string prompt, bool password, CancellationToken cancel)
    {
        if (!request.Get("allow_stdin", true))
            throw new InputUnavailableException();
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
            waiting = answer;
        sockets.Send(KernelChannel.Stdin, factory.Reply(request, "input_request", new() { ["prompt"] = prompt, ["password"] = password }));
        return await answer.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Front-ends differ in the parent that they give an answer, so an answer goes to the last question.</summary>
    public async Task ServeAsync(CancellationToken cancel)
    {
        await foreach (var reply in sockets.Stdin.Reader.ReadAllAsync(cancel))
        {
            lock (gate)
                waiting?.TrySetResult(reply.Type == "input_reply" ? reply.Get("value", "") : "");
        }
    }
}
