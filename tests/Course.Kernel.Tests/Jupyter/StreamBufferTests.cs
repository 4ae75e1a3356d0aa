using Course.Kernel.Execution;
using Course.Kernel.Jupyter;

namespace Course.Kernel.Tests.Jupyter;

public sealed class StreamBufferTests
{
    private readonly List<(OutputStream Stream, string Text)> sent = [];
    private readonly StreamBuffer buffer;

    public StreamBufferTests() => buffer = new((stream, text) => sent.Add((stream, text)));

    [Fact]
    public void Small_writes_are_sent_together_and_streams_keep_their_order()
    {
        buffer.Write(OutputStream.Out, "a");
        buffer.Write(OutputStream.Out, "b");
        buffer.Write(OutputStream.Error, "c");
        buffer.Write(OutputStream.Out, "d");
        buffer.Flush();
        Assert.Equal([(OutputStream.Out, "ab"), (OutputStream.Error, "c"), (OutputStream.Out, "d")], sent);
    }

    [Fact]
    public async Task Text_is_sent_after_the_delay()
    {
        var arrived = new TaskCompletionSource();
        var live = new StreamBuffer((_, _) => arrived.TrySetResult());
        live.Write(OutputStream.Out, "a");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Nothing_written_sends_nothing()
    {
        buffer.Flush();
        Assert.Empty(sent);
    }
}
