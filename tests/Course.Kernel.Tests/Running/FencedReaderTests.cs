using System.IO.Pipelines;
using System.Text;
using Course.Kernel.Running;

namespace Course.Kernel.Tests.Running;

public sealed class FencedReaderTests
{
    private const string Fence = "\u0001end\u0001";

    private readonly Pipe pipe = new();
    private readonly StringBuilder passed = new();
    private readonly FencedReader reader;
    private readonly Task pump;

    public FencedReaderTests()
    {
        reader = new FencedReader(new StreamReader(pipe.Reader.AsStream(), Encoding.UTF8), text => passed.Append(text));
        pump = reader.PumpAsync();
    }

    [Theory]
    [InlineData("before\u0001end\u0001")]
    [InlineData("before|\u0001e|nd\u0001")]
    [InlineData("be|fore\u0001|end|\u0001")]
    public async Task A_fence_is_found_in_any_pieces_and_never_passed_on(string pieces)
    {
        var fence = reader.Expect(Fence);
        foreach (var piece in pieces.Split('|'))
            await SayAsync(piece);

        await fence.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("before", passed.ToString());
    }

    [Fact]
    public async Task A_byte_that_might_begin_a_fence_is_passed_on_when_it_does_not()
    {
        var fence = reader.Expect(Fence);
        await SayAsync("a\u0001end or not\u0001" + Fence);

        await fence.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("a\u0001end or not\u0001", passed.ToString());
    }

    [Fact]
    public async Task The_end_of_the_stream_ends_the_wait_and_passes_everything_on()
    {
        var fence = reader.Expect(Fence);
        await SayAsync("last words\u0001en");
        await pipe.Writer.CompleteAsync();

        await Task.WhenAll(fence, pump).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("last words\u0001en", passed.ToString());
    }

    private async Task SayAsync(string text) => await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));
}
