using System.Text;
using Course.Kernel.Running;

namespace Course.Kernel.Tests.Running;

public sealed class LineChannelTests
{
    [Fact]
    public async Task Messages_of_any_length_and_script_arrive_one_by_one()
    {
        var stream = new MemoryStream();
        using var channel = new LineChannel(stream, 1 << 20);
        string[] texts = ["a", new string('世', 200_000), "ü\n\"", ""];
        foreach (var text in texts)
            channel.Send<WorkerReply>(new WorkerReply.Streamed(Error: false, text));

        stream.Position = 0;

        foreach (var text in texts)
            Assert.Equal(new WorkerReply.Streamed(Error: false, text), await channel.ReceiveAsync<WorkerReply>(CancellationToken.None));

        Assert.Null(await channel.ReceiveAsync<WorkerReply>(CancellationToken.None));
    }

    [Theory]
    [InlineData("no JSON\n")]
    [InlineData("{\"tell\":\"nothing known\"}\n")]
    [InlineData("{}\n")]
    [InlineData("{\"tell\":\"ready\"")]
    public async Task Invalid_lines_end_the_channel(string line)
    {
        using var channel = new LineChannel(new MemoryStream(Encoding.UTF8.GetBytes(line)), 1 << 20);

        Assert.Null(await channel.ReceiveAsync<WorkerReply>(CancellationToken.None));
    }

    [Fact]
    public async Task A_line_without_end_is_not_read_to_its_end()
    {
        var stream = new MemoryStream(new byte[8 << 20]);
        using var channel = new LineChannel(stream, 1 << 20);

        Assert.Null(await channel.ReceiveAsync<WorkerReply>(CancellationToken.None));
        Assert.InRange(stream.Position, 1 << 20, 2 << 20);
    }
}
