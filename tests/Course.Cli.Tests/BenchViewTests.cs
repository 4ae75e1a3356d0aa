using Course.Benchmarks;
using Spectre.Console.Testing;

namespace Course.Cli.Tests;

public class BenchViewTests
{
    [Fact]
    public void A_report_is_a_table_of_its_samples_and_a_line_for_each_finding_whatever_their_names_look_like()
    {
        var report = new BenchReport("decode", [new("fp32 [M=1]", new([0.001, 0.002, 0.003]))], ["int8: 1.50× [as fast]"]);
        using var console = new TestConsole();
        console.Profile.Width = 200;

        BenchView.Print(console, report);

        Assert.Contains("fp32 [M=1]", console.Output, StringComparison.Ordinal);
        Assert.Contains("2.00 ms", console.Output, StringComparison.Ordinal);
        Assert.EndsWith("int8: 1.50× [as fast]\n", console.Output, StringComparison.Ordinal);
    }
}
