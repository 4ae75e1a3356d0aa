using Course.Kernel.Execution;
using Course.Kernel.Formatting;
using Microsoft.DotNet.Interactive;

namespace Course.Kernel.Tests.Formatting;

public sealed class FormatterTests
{
    private sealed record Run(string Name, double Ms, int Tokens);

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Grumpy(string complaint)
    {
        public int Fine => complaint.Length;

        public int Broken => throw new InvalidOperationException(complaint);
    }

    [Fact]
    public void A_sequence_of_records_is_a_table_with_a_column_per_property()
    {
        var bundle = Formatter.Format(new[] { new Run("naive", 12.5, 7), new Run("speculative", 4.25, 128) });
        Assert.Equal("Name           Ms  Tokens\nnaive        12.5       7\nspeculative  4.25     128", bundle.Text);
        Assert.Equal(
            "<table><thead><tr><th style=\"text-align: left\">Name</th><th style=\"text-align: right\">Ms</th><th style=\"text-align: right\">Tokens</th></tr></thead><tbody>"
            + "<tr><td style=\"text-align: left\">naive</td><td style=\"text-align: right\">12.5</td><td style=\"text-align: right\">7</td></tr>"
            + "<tr><td style=\"text-align: left\">speculative</td><td style=\"text-align: right\">4.25</td><td style=\"text-align: right\">128</td></tr></tbody></table>",
            Html(bundle));
    }

    [Fact]
    public void One_record_is_a_row_per_property() =>
        Assert.Equal("Run\n  Name    naive\n  Ms       12.5\n  Tokens      7", Formatter.Format(new Run("naive", 12.5, 7)).Text);

    public static TheoryData<object?, string> Values => new()
    {
        { null, "<null>" },
        { "text", "text" },
        { 42, "42" },
        { 1234.5, "1234.5" },
        { true, "True" },
        { DayOfWeek.Friday, "Friday" },
        { typeof(Dictionary<string, int[]>), "Dictionary<string, int[]>" },
        { new[] { 1, 2, 3 }, "[1, 2, 3]" },
        { new[] { new[] { 1 }, new[] { 2, 3 } }, "[1]\n[2, 3]" },
        { (1, "two"), "ValueTuple<int, string>\n  Item1    1\n  Item2  two" },
        { new { A = 1 }, "anonymous\n  A  1" },
        { new Dictionary<string, int> { ["a"] = 1, ["bb"] = 20 }, "key  value\na        1\nbb      20" },
        { new[,] { { 1, 2 }, { 3, 4 } }, "0  1\n1  2\n3  4" },
        { new InvalidOperationException("no"), "InvalidOperationException: no" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Text_says_what_the_value_is(object? value, string expected) => Assert.Equal(expected, Formatter.Format(value).Text);

    [Theory]
    [MemberData(nameof(Values))]
    public void Plain_text_stands_beside_whatever_else(object? value, string expected)
    {
        var bundle = Formatter.Format(value);
        Assert.True(bundle.Data.ContainsKey(MimeBundle.PlainText), expected);
    }

    [Fact]
    public void An_endless_sequence_is_cut()
    {
        static IEnumerable<int> Endless()
        {
            for (var i = 0; ; i++)
                yield return i;
        }

        Assert.EndsWith("48, 49, … more]", Formatter.Format(Endless()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_says_how_many_are_left() =>
        Assert.EndsWith("… 950 more", Formatter.Format(Enumerable.Range(0, 1000).Select(i => new Run("r", i, i)).ToList()).Text, StringComparison.Ordinal);

    [Fact]
    public void A_cycle_ends()
    {
        var node = new Node();
        node.Next = node;
        Assert.Contains("the same Node again", Formatter.Format(node).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_throwing_getter_shows_what_it_threw_beside_the_others()
    {
        var text = Formatter.Format(new Grumpy("no")).Text;
        Assert.Contains("Fine", text, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: no", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_is_escaped() =>
        Assert.Contains("&lt;script&gt; é", Html(Formatter.Format(new { Text = "<script> é" })), StringComparison.Ordinal);

    [Fact]
    public void Html_has_its_text_beside_it() =>
        Assert.Equal("a & b", Formatter.Format(new HtmlString("<style>x</style><b>a</b> &amp; b")).Text);

    [Fact]
    public void Only_what_is_asked_for_comes_and_plain_text() =>
        Assert.Equal(["text/plain"], Formatter.Format(new Run("r", 1, 1), MimeBundle.PlainText).Data.Keys);

    private static string Html(MimeBundle bundle) => bundle.Data[MimeBundle.Html].GetString()!;
}
