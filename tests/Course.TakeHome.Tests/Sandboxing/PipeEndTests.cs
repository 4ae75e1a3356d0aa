using System.IO.Pipes;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Tests.Sandboxing;

public sealed class PipeEndTests
{
    [Fact]
    public void A_pipe_has_bytes_from_when_they_are_written_until_they_are_read()
    {
        if (OperatingSystem.IsWindows())
            return; // Windows cannot tell, and has no sandbox either
        using var writes = new AnonymousPipeServerStream(PipeDirection.Out);
        using var reads = new AnonymousPipeClientStream(PipeDirection.In, writes.ClientSafePipeHandle);
        Assert.False(PipeEnd.HasBytes(reads));
        writes.WriteByte(1);
        Assert.True(PipeEnd.HasBytes(reads));
        reads.ReadByte();
        Assert.False(PipeEnd.HasBytes(reads));
    }

    [Fact]
    public void A_stream_that_is_not_a_pipe_or_is_closed_has_no_bytes()
    {
        using var reads = new AnonymousPipeServerStream(PipeDirection.In);
        reads.Dispose();
        Assert.False(PipeEnd.HasBytes(reads));
        Assert.False(PipeEnd.HasBytes(new MemoryStream([1])));
    }
}
