using System.Data;
using System.Dynamic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
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
            "<table><thead><tr><th style=\"text-align: left\">Name</th>"
            + "<th style=\"text-align: right\">Ms</th><th style=\"text-align: right\">Tokens</th></tr></thead><tbody>"
            + "<tr><td style=\"text-align: left\">naive</td>"
            + "<td style=\"text-align: right\">12.5</td><td style=\"text-align: right\">7</td></tr>"
            + "<tr><td style=\"text-align: left\">speculative</td>"
            + "<td style=\"text-align: right\">4.25</td><td style=\"text-align: right\">128</td></tr></tbody></table>",
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
        {
            new InvalidOperationException("outer", new ArgumentException("inner")),
            "InvalidOperationException: outer\ncaused by ArgumentException: inner"
        },
        { new Random(1), "(Random)" },
        { new object(), "(object)" },
        { DBNull.Value, "(DBNull)" },
        { new StringBuilder(), "(StringBuilder)" },
        { new int[0, 3], "0  1  2\n… of 0 × 3" },
        { new int[2, 0], "(int[,]) … of 2 × 0" },
        { new DateTime(2026, 11, 30, 20, 5, 1, DateTimeKind.Utc), "2026-11-30T20:05:01Z" },
        { new DateTime(2026, 3, 4), "2026-03-04T00:00:00" },
        { new DateTimeOffset(2026, 3, 4, 5, 6, 7, 500, TimeSpan.FromHours(-8)), "2026-03-04T05:06:07.5-08:00" },
        { new DateOnly(2026, 3, 4), "2026-03-04" },
        { new TimeOnly(5, 6), "05:06:00" },
        { Groups, "Key  Values\n  1  [1, 3]\n  0  [2]" },
        { Groups.ToLookup(g => g.Key, g => g.Count()), "Key  Values\n  1  [2]\n  0  [1]" },
        { Groups.First(), "group\n  Key          1\n  Values  [1, 3]" },
        { Table(("a", 1), ("b", DBNull.Value)), "Name     Count\na            1\nb     (DBNull)" },
        { Table(("a", 1)).Rows, "Name  Count\na         1" },
        { Table(("a", 1)).Select().ToList(), "Name  Count\na         1" },
        { Table(("a", 1)).DefaultView, "Name  Count\na         1" },
        { Xml("<a><b /></a>"), "<a><b /></a>" },
        { Table(("a", 1)).Rows[0], "DataRow\n  Name   a\n  Count  1" },
        { Table(), "Name  Count" },
        { new DataTable(), "(DataTable)" },
        { new DataTable("named"), "(DataTable)" },
        { new DataColumn("a"), "a" },
        { Newtonsoft.Json.Linq.JToken.Parse("{\"a\": [1]}"), "{\n  \"a\": [\n    1\n  ]\n}" },
        { JsonNode.Parse("{\"a\": [1]}"), "{\n  \"a\": [\n    1\n  ]\n}" },
        { JsonDocument.Parse("{\"a\": \"é\"}"), "{\n  \"a\": \"é\"\n}" },
        { JsonDocument.Parse("[]").RootElement, "[]" },
        { Open(), "ExpandoObject\n  A    1\n  B  two" },
        { Later(), "IAsyncEnumerable<int>: read it with await foreach" },
        { Odd(), "[1, 3]" },
        { new Captured(1), "Captured\n  Seen  1" },
    };

    private static IEnumerable<IGrouping<int, int>> Groups => new[] { 1, 2, 3 }.GroupBy(n => n % 2);

    private static DataTable Table(params (string Name, object Count)[] rows)
    {
        var table = new DataTable { Columns = { { "Name", typeof(string) }, { "Count", typeof(int) } } };
        foreach (var (name, count) in rows)
            table.Rows.Add(name, count);
        return table;
    }

    private static System.Xml.XmlDocument Xml(string text)
    {
        var document = new System.Xml.XmlDocument();
        document.LoadXml(text);
        return document;
    }

    private static ExpandoObject Open()
    {
        dynamic open = new ExpandoObject();
        (open.A, open.B) = (1, "two");
        return open;
    }

    private static async IAsyncEnumerable<int> Later(int first = 1)
    {
        yield return first;
        await Task.Yield();
    }

    private static IEnumerable<int> Odd(int first = 1)
    {
        yield return first;
        yield return first + 2;
    }

    private sealed class Captured(int seen)
    {
        public int Seen => seen;
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Text_describes_the_value(object? value, string expected) => Assert.Equal(expected, Formatter.Format(value).Text);

    [Theory]
    [MemberData(nameof(Values))]
    public void Plain_text_is_always_included(object? value, string expected)
    {
        var bundle = Formatter.Format(value);
        Assert.True(bundle.Data.ContainsKey(MimeBundle.PlainText), expected);
    }

    // Not a theory value: xunit disposes those, and an unfinished task cannot be disposed.
    [Fact]
    public void A_task_is_shown_with_a_hint_to_await_it() =>
        Assert.Equal("Task<int>: await it for its value", Formatter.Format(new TaskCompletionSource<int>().Task).Text);

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
    public void A_long_list_shows_how_many_items_are_omitted() =>
        Assert.EndsWith(
            "… 950 more", Formatter.Format(Enumerable.Range(0, 1000).Select(i => new Run("r", i, i)).ToList()).Text,
            StringComparison.Ordinal);

    [Fact]
    public void A_cycle_ends()
    {
        var node = new Node();
        node.Next = node;
        Assert.Contains("the same Node again", Formatter.Format(node).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_throwing_getter_shows_its_exception_beside_the_other_members()
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
    public void Only_the_requested_types_and_plain_text_are_returned() =>
        Assert.Equal(["text/plain"], Formatter.Format(new Run("r", 1, 1), MimeBundle.PlainText).Data.Keys);

    [Fact]
    public void Bytes_of_a_picture_are_encoded_in_base64()
    {
        var bundle = Formatter.Format(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "image/png");
        Assert.Equal("iVBORw==", bundle.Data["image/png"].GetString());
        Assert.Equal("(image/png, 4 bytes)", bundle.Text);
    }

    [Fact]
    public void Bytes_of_text_are_text() =>
        Assert.Equal("<svg/>", Formatter.Format("<svg/>"u8.ToArray(), "image/svg+xml").Data["image/svg+xml"].GetString());

    [Fact]
    public void Text_of_a_JSON_type_becomes_JSON() =>
        Assert.Equal(JsonValueKind.Object, Formatter.Format("{\"a\": 1}", "application/json").Data["application/json"].ValueKind);

    [Fact]
    public void A_large_tensor_is_cut_and_a_small_one_is_not()
    {
        Course.Inference.Devices.LibTorch.Require(); // a notebook's library does this; the kernel itself does not know libtorch
        using var small = TorchSharp.torch.ones(3, 3);
        using var large = TorchSharp.torch.ones(8, 1000, 1000);
        Assert.Equal(
            "[3x3], type = Float32, device = cpu\n 1 1 1\n 1 1 1\n 1 1 1", Formatter.Format(small).Text.ReplaceLineEndings("\n").TrimEnd());
        var text = Formatter.Format(large).Text;
        Assert.StartsWith("[8x1000x1000], type = Float32, device = cpu\n", text, StringComparison.Ordinal);
        Assert.EndsWith("… the first 3x20x1000 of 8x1000x1000", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1000, 10_000);
    }

    [Fact]
    public void Long_ToString_texts_are_cut()
    {
        var text = Formatter.Format(new StringBuilder().Insert(0, "line\n", 1000).Append('x', 5000)).Text;
        Assert.EndsWith("… 801 more lines", text, StringComparison.Ordinal);
        Assert.Equal(5000, Formatter.Format(new string('x', 5000)).Text.Length);
    }

    private static string Html(MimeBundle bundle) => bundle.Data[MimeBundle.Html].GetString()!;
}
