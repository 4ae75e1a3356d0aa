using Spectre.Console.Testing;

namespace Course.Cli.Tests;

public class FittingTableTests
{
    [Fact]
    public void Where_it_fits_it_is_a_table() => Assert.Contains("a long name of a row   1     22", Written(80), StringComparison.Ordinal);

    [Fact]
    public void Where_it_does_not_every_row_is_a_line_and_no_cell_is_broken() =>
        Assert.Equal("a long name of a row: one 1, two 22\nother: it said so\n", Written(35));

    [Fact]
    public void A_cell_without_anything_is_left_out()
    {
        using var console = new TestConsole();
        console.Profile.Width = 3;
        var table = new FittingTable("", "one", "two");
        table.Add("x", "", "2");
        table.Write(console);
        Assert.DoesNotContain("one", console.Output, StringComparison.Ordinal);
    }

    private static string Written(int width)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        var table = new FittingTable("", "one", "two");
        table.Add("a long name of a row", "1", "22");
        table.Add(["other", "3", "4"], "other: it said so");
        table.Write(console);
        return console.Output;
    }
}
