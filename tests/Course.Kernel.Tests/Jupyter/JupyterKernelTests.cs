using System.Text.Json.Nodes;

namespace Course.Kernel.Tests.Jupyter;

public sealed class JupyterKernelTests : IAsyncDisposable
{
    private readonly LoopbackClient client = new();

    [Fact]
    public void Kernel_info_contains_what_notebooks_rely_on()
    {
        client.Send("kernel_info_request", []);
        var language = client.Reply().Content["language_info"]!;
        Assert.Equal(("C#", ".cs", "text/x-csharp", "csharp"),
            ((string)language["name"]!, (string)language["file_extension"]!,
                (string)language["mimetype"]!, (string)language["pygments_lexer"]!));
    }

    [Fact]
    public void A_cell_is_answered_and_its_reply_names_the_request()
    {
        client.Send("execute_request", new JsonObject { ["code"] = "6 * 7" });
        var reply = client.Reply();
        Assert.Equal(("execute_reply", "ok", 1), (reply.Type, (string)reply.Content["status"]!, (int)reply.Content["execution_count"]!));
        Assert.Equal("execute_request", (string)reply.ParentHeader["msg_type"]!);
    }

    [Fact]
    public void Garbage_and_forgeries_do_not_stop_it()
    {
        client.SendRaw("garbage");
        client.SendRaw("<IDS|MSG>", "forged", "{}", "{}", "{}", "{}");
        client.Send("no_such_request", []);
        client.Send("comm_info_request", []);
        Assert.Equal("comm_info_reply", client.Reply().Type);
    }

    [Fact]
    public void A_replayed_message_runs_once()
    {
        client.Replay("execute_request", new JsonObject { ["code"] = "var runs = 1;" }, times: 3);
        client.Send("execute_request", new JsonObject { ["code"] = "runs" });
        Assert.Equal([1, 2], new[] { client.Reply(), client.Reply() }.Select(reply => (int)reply.Content["execution_count"]!));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("", "")]
    [InlineData("a", "", "b", "", "c")]
    public void Garbage_on_the_heartbeat_swallows_no_request(params string[] garbage) => Assert.True(client.Beats(garbage));

    [Fact]
    public void An_exception_whose_message_throws_is_shown()
    {
        client.Send(
            "execute_request",
            new JsonObject
            {
                ["code"] = "class Bad : Exception { public override string Message => throw new Exception(); } throw new Bad();"
            });
        Assert.Equal("Bad", (string)client.Published("error").Content["ename"]!);
        Assert.Equal("Bad", (string)client.Reply().Content["ename"]!);
    }

    [Fact]
    public void A_lone_surrogate_breaks_no_message()
    {
        client.Send("execute_request", new JsonObject { ["code"] = "Console.Write(\"\\ud800\"); \"\\ud800\"" });
        Assert.Equal("\uFFFD", (string)client.Published("stream").Content["text"]!);
        Assert.Equal("ok", (string)client.Reply().Content["status"]!);
    }

    [Fact]
    public void An_interrupt_reaches_a_running_cell()
    {
        client.Send("execute_request", new JsonObject { ["code"] = "Console.Write(\"started\"); while (true) {}" });
        client.Published("stream");
        client.Send("interrupt_request", [], onControl: true);
        Assert.Equal("interrupt_reply", client.Reply(onControl: true).Type);
        Assert.Equal("Interrupted", (string)client.Reply().Content["ename"]!);
    }

    [Fact]
    public async Task Shutdown_is_answered_and_ends_it()
    {
        client.Send("shutdown_request", new JsonObject { ["restart"] = true }, onControl: true);
        Assert.True((bool)client.Reply(onControl: true).Content["restart"]!);
        await client.Ended;
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
