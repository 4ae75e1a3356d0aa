using Course.Kernel.Execution;

namespace Course.Kernel.Jupyter;

/// <summary>Questions of cells to the front-end that runs them, and its answers.</summary>
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

    /// <summary>Front-ends differ in what they name as the parent of an answer, so the question last asked gets it.</summary>
    public async Task ServeAsync(CancellationToken cancel)
    {
        await foreach (var reply in sockets.Stdin.Reader.ReadAllAsync(cancel))
        {
            lock (gate)
                waiting?.TrySetResult(reply.Type == "input_reply" ? reply.Get("value", "") : "");
        }
    }
}
