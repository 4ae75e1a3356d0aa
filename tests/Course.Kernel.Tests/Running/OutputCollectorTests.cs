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
    public void An_update_without_a_display_shows_nothing()
    {
        collector.Show(new WorkerReply.Displayed(Text("new"), default, "id", Update: true));

        Assert.Empty(collector.EndCell());
    }

    [Fact]
    public void Endless_text_is_cut_with_a_note()
    {
        for (var i = 0; i < 18; i++)
            Say(new string('x', 1 << 20));

        var outputs = collector.EndCell();
        Assert.InRange(Text(outputs[0]).Length, OutputSize.CellLimit - 1000, OutputSize.CellLimit);
        Assert.Contains("cut here", Text(outputs[1]), StringComparison.Ordinal);
        Assert.Equal(2, outputs.Count);
        Assert.False(collector.IsOverflowing);
    }

    [Fact]
    public void Both_streams_and_displays_count_together()
    {
        var part = new string('x', 4 << 20);
        Say(part);
        Say(part, error: true);
        Display(part, "a");
        Display(part, "b");
        Say("late");

        var outputs = collector.EndCell();
        Assert.Equal(["stream", "stream", "display_data", "stream"], outputs.Select(output => (string?)output!["output_type"]));
        Assert.Contains("cut here", Text(outputs[3]), StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_without_text_have_a_size_too()
    {
        // A letter to each stream in turn creates an output for each letter: counted by text alone, they would grow without limit.
        const int Most = (int)(OutputSize.CellLimit / OutputSize.Overhead);
        for (var i = 0; i < Most + 100; i++)
            Say("o", error: i % 2 == 1);

        Assert.InRange(collector.EndCell().Count, Most / 2, Most);
    }

    [Fact]
    public void A_notebook_of_many_cells_has_a_limit_as_well()
    {
        var kept = 0L;
        for (var cell = 1; cell <= 8; cell++)
        {
            collector.BeginCell(cell);
            Say(new string('x', 8 << 20));
            kept += collector.EndCell().Sum(output => Text(output).Length);
        }

        Assert.True(collector.IsOverflowing);
        Assert.InRange(kept, OutputSize.NotebookLimit / 2, OutputSize.NotebookLimit);
    }

    [Fact]
    public void An_update_counts_relative_to_what_it_replaces()
    {
        for (var i = 0; i < 20; i++)
            Display("small", $"id {i}");

        for (var i = 0; i < 20; i++)
            collector.Show(new WorkerReply.Displayed(Text(new string('x', 4 << 20)), default, $"id {i % 2}", Update: true));

        Assert.False(collector.IsOverflowing);
        for (var i = 0; i < 20; i++)
            collector.Show(new WorkerReply.Displayed(Text(new string('x', 4 << 20)), default, $"id {i}", Update: true));

        Assert.True(collector.IsOverflowing);
    }

    [Fact]
    public void Cleared_output_makes_room_again()
    {
        for (var i = 0; i < 40; i++)
        {
            Display(new string('x', 4 << 20), $"frame {i}");
            collector.Show(new WorkerReply.Cleared(Wait: i % 2 == 0));
        }

        Say("end");
        Assert.False(collector.IsOverflowing);
        Assert.Equal(["end"], collector.EndCell().Select(Text));
    }

    [Fact]
    public void The_workers_cut_message_ends_the_output()
    {
        Say("before");
        collector.Show(new WorkerReply.Cut());
        collector.Show(new WorkerReply.Cut());
        Say("after");

        Assert.Equal(["before", "… output cut here: a cell shows at most 16 MiB, a notebook 48 MiB.\n"], collector.EndCell().Select(Text));
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

    private static string Text(JsonNode? output) => MultilineText.Read(output!["text"] ?? "");

    private void Say(string text, bool error = false) => collector.Show(new WorkerReply.Streamed(error, text));

    private void Display(string text, string id) => collector.Show(new WorkerReply.Displayed(Text(text), default, id, Update: false));

    private static Dictionary<string, JsonElement> Text(string text) => new() { ["text/plain"] = JsonSerializer.SerializeToElement(text) };

    private static IEnumerable<string> Plain(JsonArray outputs) =>
        outputs.Select(output => MultilineText.Read(output!["data"]!["text/plain"]));
}
