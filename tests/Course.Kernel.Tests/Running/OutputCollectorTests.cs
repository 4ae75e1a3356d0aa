using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;

namespace Course.Kernel.Tests.Running;

public sealed class OutputCollectorTests
{
    private readonly OutputCollector collector = new();

    public OutputCollectorTests() => collector.BeginCell(1);

    [Fact]
    public void Text_of_one_stream_in_a_row_is_one_output()
    {
        Say("a");
        Say("b\n");
        Say("!", error: true);
        Say("c");

        Assert.Equal(["ab\n", "!", "c"], collector.EndCell().Select(output => MultilineText.Read(output!["text"])));
    }

    [Fact]
    public void A_progress_bar_leaves_its_last_state()
    {
        Say("10 %\r");
        Say("50 %\r100 %\nend\r\n");

        Assert.Equal("100 %\nend\n", MultilineText.Read(collector.EndCell()[0]!["text"]));
    }

    [Fact]
    public void Clearing_removes_what_was_shown()
    {
        Say("old");
        collector.Show(new WorkerReply.Cleared(Wait: false));

        Assert.Empty(collector.EndCell());
    }

    [Fact]
    public void Clearing_may_wait_for_the_next_output()
    {
        Say("old");
        collector.Show(new WorkerReply.Cleared(Wait: true));
        Say("new");

        Assert.Equal(["new"], collector.EndCell().Select(output => MultilineText.Read(output!["text"])));
    }

    [Fact]
    public void Clearing_that_waits_for_nothing_clears_nothing()
    {
        Say("old");
        collector.Show(new WorkerReply.Cleared(Wait: true));

        Assert.Single(collector.EndCell());
    }

    [Fact]
    public void An_update_changes_every_display_of_its_id_in_earlier_cells_too()
    {
        Display("one", "id");
        var first = collector.EndCell();
        collector.BeginCell(2);
        Display("two", "id");
        Display("other", "else");
        collector.Show(new WorkerReply.Displayed(Text("new"), default, "id", Update: true));
        var second = collector.EndCell();

        Assert.Equal(["new"], Plain(first));
        Assert.Equal(["new", "other"], Plain(second));
    }

    [Fact]
    public void An_update_of_what_was_never_shown_shows_nothing()
    {
        collector.Show(new WorkerReply.Displayed(Text("new"), default, "id", Update: true));

        Assert.Empty(collector.EndCell());
    }

    [Fact]
    public void Endless_text_is_cut_and_says_so()
    {
        var line = new string('x', 1 << 20);
        for (var i = 0; i < 6; i++)
        {
            Say(line);
        }

        var text = MultilineText.Read(Assert.Single(collector.EndCell())!["text"]);
        Assert.InRange(text.Length, OutputCollector.StreamLimit, OutputCollector.StreamLimit + 100);
        Assert.Contains("cut here", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_stay_JSON_and_text_becomes_lines()
    {
        collector.Show(new WorkerReply.Returned(
            new Dictionary<string, JsonElement>
            {
                ["application/vnd.plotly.v1+json"] = JsonSerializer.Deserialize<JsonElement>("""{"data":[]}"""),
                ["text/plain"] = JsonSerializer.SerializeToElement("a\nb"),
                ["image/png"] = JsonSerializer.SerializeToElement("QUJD"),
            },
            default));

        var data = collector.EndCell()[0]!["data"]!;
        Assert.IsType<JsonObject>(data["application/vnd.plotly.v1+json"]);
        Assert.Equal(2, Assert.IsType<JsonArray>(data["text/plain"]).Count);
        Assert.Equal("QUJD", (string?)data["image/png"]);
    }

    private void Say(string text, bool error = false) => collector.Show(new WorkerReply.Streamed(error, text));

    private void Display(string text, string id) => collector.Show(new WorkerReply.Displayed(Text(text), default, id, Update: false));

    private static Dictionary<string, JsonElement> Text(string text) => new() { ["text/plain"] = JsonSerializer.SerializeToElement(text) };

    private static IEnumerable<string> Plain(JsonArray outputs) => outputs.Select(output => MultilineText.Read(output!["data"]!["text/plain"]));
}
