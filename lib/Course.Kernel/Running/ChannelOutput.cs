using Course.Kernel.Execution;

namespace Course.Kernel.Running;

/// <summary>Sends the output of a cell to the runner immediately, up to the limit of a cell.</summary>
internal sealed class ChannelOutput(LineChannel channel) : ICellOutput
{
    private readonly OutputMeter meter = new();

    public void Write(OutputStream stream, string text) =>
        Send(new WorkerReply.Streamed(stream == OutputStream.Error, text));

    public void Display(MimeBundle content, string displayId) =>
        Send(new WorkerReply.Displayed(content.Data, content.Metadata, displayId, Update: false));

    public void UpdateDisplay(MimeBundle content, string displayId) =>
        Send(new WorkerReply.Displayed(content.Data, content.Metadata, displayId, Update: true));

    public void ExecuteResult(MimeBundle content) => Send(new WorkerReply.Returned(content.Data, content.Metadata));

    public void ClearOutput(bool wait) => Send(new WorkerReply.Cleared(wait));

    public Task<string> RequestInputAsync(string prompt, bool password, CancellationToken cancel) =>
        Task.FromException<string>(new InputUnavailableException());

    private void Send(WorkerReply reply)
    {
        foreach (var admitted in meter.Admit(reply))
            channel.Send(admitted);
    }
}
