using System.Text.Json;
using Course.Kernel.Running;

namespace Course.Kernel.Tests.Running;

public sealed class OutputMeterTests
{
    private readonly OutputMeter meter = new();

    [Fact]
    public void Nothing_is_sent_after_the_limit_of_a_cell_for_all_kinds_of_output()
    {
        var sent = 0L;
        for (var i = 0; i < 200; i++)
            sent += Sent(new WorkerReply.Streamed(Error: false, new string('o', 100_000)))
                + Sent(new WorkerReply.Streamed(Error: true, new string('e', 100_000)))
                + Sent(Displayed(new string('x', 100_000)));

        Assert.InRange(sent, OutputSize.CellLimit / 2, OutputSize.CellLimit + 1000);
    }

    [Fact]
    public void Letters_to_both_streams_in_turn_end_as_well()
    {
        var messages = 0;
        for (var i = 0; i < 200_000; i++)
            messages += meter.Admit(new WorkerReply.Streamed(Error: i % 2 == 1, "x")).Count;

        Assert.InRange(messages, 1000, OutputSize.CellLimit / OutputSize.Overhead + 1);
    }

    [Fact]
    public void A_text_that_is_too_long_is_sent_in_part_followed_by_a_cut_message()
    {
        var sent = meter.Admit(new WorkerReply.Streamed(Error: false, new string('x', 20 << 20)));

        Assert.Equal(2, sent.Count);
        Assert.InRange(Assert.IsType<WorkerReply.Streamed>(sent[0]).Text.Length, 1 << 20, OutputSize.CellLimit);
        Assert.IsType<WorkerReply.Cut>(sent[1]);
        Assert.Empty(meter.Admit(new WorkerReply.Streamed(Error: false, "more")));
    }

    [Fact]
    public void An_animation_goes_on_for_ever()
    {
        for (var i = 0; i < 40; i++)
        {
            Assert.IsType<WorkerReply.Displayed>(Assert.Single(meter.Admit(Displayed(new string('x', 1 << 20)))));
            meter.Admit(new WorkerReply.Cleared(Wait: true));
        }

        for (var i = 0; i < 40; i++)
            Assert.IsType<WorkerReply.Displayed>(Assert.Single(meter.Admit(Displayed(new string('x', 1 << 20)) with { Update = true })));
    }

    private long Sent(WorkerReply reply) => meter.Admit(reply).Sum(sent => sent switch
    {
        WorkerReply.Streamed text => text.Text.Length,
        WorkerReply.Displayed display => display.Data["text/plain"].GetString()!.Length,
        _ => 0,
    });

    private static WorkerReply.Displayed Displayed(string text)
    {
        var data = new Dictionary<string, JsonElement> { ["text/plain"] = JsonSerializer.SerializeToElement(text) };
        return new(data, default, "id", Update: false);
    }
}
