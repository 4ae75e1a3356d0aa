using System.Text.Json;
using Course.Kernel.Formatting;

namespace Course.Kernel.Tests.Formatting;

/// <summary>The attribute is declared here and unknown to the kernel: only the name counts.</summary>
public sealed class ConventionFormatterTests
{
    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;
    }

    [TypeFormatterSource(typeof(Source))]
    private class Chart
    {
        public override string ToString() => "a chart";
    }

    private sealed class SubChart : Chart;

    private sealed class Source
    {
        private readonly object[] formatters =
            [
                new Writer("application/vnd.plotly.v1+json", "{\"data\": []}"), new Writer("image/svg+xml", "<svg/>"),
                new Writer("text/html", null)
            ];

        public object[] CreateTypeFormatters() => formatters;
    }

    private sealed class Writer(string mimeType, string? content)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(content);
            return instance is Chart && content is not null;
        }
    }

    [Fact]
    public void Json_types_come_as_json_and_others_as_text()
    {
        var bundle = Formatter.Format(new Chart());
        Assert.Equal(JsonValueKind.Object, bundle.Data["application/vnd.plotly.v1+json"].ValueKind);
        Assert.Equal("<svg/>", bundle.Data["image/svg+xml"].GetString());
    }

    [Fact]
    public void A_formatter_that_declines_is_left_out() =>
        Assert.False(Formatter.Format(new Chart()).Data.ContainsKey("text/html"));

    [Fact]
    public void Plain_text_is_added_where_the_type_has_none() => Assert.Equal("a chart", Formatter.Format(new Chart()).Text);

    [Fact]
    public void Derived_types_are_formatted_as_their_base() =>
        Assert.True(Formatter.Format(new SubChart()).Data.ContainsKey("image/svg+xml"));

    public static TheoryData<object> Charts => new()
    {
        XPlot.Plotly.Chart.Plot(new XPlot.Plotly.Scatter { x = new[] { 1, 2 }, y = new[] { 3, 4 } }),
        Plotly.NET.CSharp.Chart.Line<int, int, string>(x: [1, 2], y: [3, 4]),
    };

    [Theory]
    [MemberData(nameof(Charts))]
    public void Charts_of_known_libraries_are_figures(object chart)
    {
        var bundle = Formatter.Format(chart);
        Assert.Equal(JsonValueKind.Object, bundle.Data["application/vnd.plotly.v1+json"].ValueKind);
        Assert.Contains("data:image/svg+xml;base64,", bundle.Data["text/html"].GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(bundle.Text);
    }
}
