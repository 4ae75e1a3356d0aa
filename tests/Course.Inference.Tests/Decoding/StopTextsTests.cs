using Course.Inference.Decoding;

namespace Course.Inference.Tests.Decoding;

public sealed class StopTextsTests
{
    private static (string[] Pieces, bool Reached) Pass(string[] stops, params string[] pieces)
    {
        var filter = new StopTexts(stops);
        string[] passed = [.. pieces.Select(filter.Append), filter.Complete()];
        return (passed, filter.Reached);
    }

    [Fact]
    public void Without_stop_texts_everything_passes_at_once() =>
        Assert.Equal(["a", "bc", ""], Pass([], "a", "bc").Pieces);

    [Fact]
    public void What_could_begin_a_stop_text_is_held_back_until_it_is_known() =>
        Assert.Equal(["x", "", "ENy", "", "EN"], Pass(["END"], "xE", "N", "y", "EN").Pieces);

    [Fact]
    public void Nothing_of_a_stop_text_and_nothing_after_it_passes()
    {
        var (pieces, reached) = Pass(["END"], "one E", "N", "D two", "three");

        Assert.Equal(["one ", "", "", "", ""], pieces);
        Assert.True(reached);
    }

    [Fact]
    public void The_stop_text_that_begins_first_counts() =>
        Assert.Equal("ab", string.Concat(Pass(["xyz", "cd"], "abcdxyz").Pieces));

    [Fact]
    public void However_the_text_is_cut_the_same_passes()
    {
        const string Text = "aaabaaabaabb\u00e9aab!";
        foreach (var stops in new string[][] { ["aab!"], ["abb", "aabaabb"], ["zzz"], ["aaa"], ["!"] })
        {
            var first = stops.Select(stop => Text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(Text.Length).Min();
            for (var size = 1; size < Text.Length; size++)
                Assert.Equal(Text[..first], string.Concat(Pass(stops, [.. Text.Chunk(size).Select(chunk => new string(chunk))]).Pieces));
        }
    }
}
