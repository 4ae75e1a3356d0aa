using Course.Kernel.Jupyter;

namespace Course.Kernel.Tests.Jupyter;

public sealed class HistoryStoreTests
{
    private readonly HistoryStore history = new();

    public HistoryStoreTests()
    {
        foreach (var (line, code) in new[] { (1, "var a = 1;"), (2, "a + 1"), (3, "var a = 1;"), (4, "(a)\n+ 2") })
            history.Add(new(line, code, null));
    }

    [Fact]
    public void Tail_returns_the_last_entries() => Assert.Equal([3, 4], Lines(history.Tail(2)));

    [Theory]
    [InlineData(0)]
    [InlineData(HistoryStore.Session)]
    public void Range_stops_before_its_end(int session) => Assert.Equal([2, 3], Lines(history.Range(session, 2, 4)));

    [Fact]
    public void Another_session_is_empty() => Assert.Empty(history.Range(7, 1, null));

    [Theory]
    [InlineData("var*", new[] { 1, 3 })]
    [InlineData("a ? 1", new[] { 2 })]
    [InlineData("(a)*", new[] { 4 })]
    [InlineData("a", new int[0])]
    public void Search_takes_globs_over_the_whole_input(string glob, int[] lines) =>
        Assert.Equal(lines, Lines(history.Search(glob, unique: false, n: null)));

    [Fact]
    public void Unique_keeps_the_last_of_equals() => Assert.Equal([3], Lines(history.Search("var*", unique: true, n: null)));

    [Fact]
    public void Search_returns_the_last_matches() => Assert.Equal([3, 4], Lines(history.Search("*", unique: false, n: 2)));

    private static IEnumerable<int> Lines(IEnumerable<HistoryEntry> entries) => entries.Select(e => e.Line);
}
