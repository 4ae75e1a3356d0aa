using Course.Inference.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Tests.Charts;

/// <summary>One figure of each kind, by name, and the names that a reader must find in it.</summary>
public static class Figures
{
    private static readonly Provenance Origin = new("a machine", "cpu", "fp32", 7);
    private static readonly Timing[] Timings = [new("slow & steady", new Samples([3, 4, 5])), new("fast", new Samples([1, 2, 9]))];

    private static readonly Dictionary<string, (Func<Figure> Make, string[] Names)> Known = new()
    {
        ["lines"] = (() => CourseCharts.Lines("Two <lines>", "x", "y", Origin,
            [new("first", [1, 2, 3], [10, 20, 30], [1, 1, 1], [2, 2, 2]), new("second", [1, 2, 3], [1, 2, 3])]),
            ["Two <lines>", "first", "second", "a machine"]),
        ["bars"] = (() => CourseCharts.Bars("Bars", "GFLOP", Origin, [("attention", 3), ("head", 1)]), ["attention", "head", "GFLOP"]),
        ["groups"] = (() => CourseCharts.Groups("Side by side", "share", Origin, ["one", "two"], [("left", [1, 10]), ("right", [2, 20])], Scale.Logarithmic),
            ["left", "right", "one", "two", "share"]),
        ["spread"] = (() => CourseCharts.Spread("Spread", Origin, Timings), ["slow & steady", "fast"]),
        ["latency"] = (() => CourseCharts.LatencyBesideFlops("Cost", "T", Origin, [(1, Timings[0], 1e9), (8, Timings[0], 8e9)]),
            ["latency", "FLOPs", "operations, FLOP", "latency, ms"]),
        ["throughput"] = (() => CourseCharts.LatencyAndThroughput("A batch", "B", Origin, [(1, Timings[0], 1, 2), (8, Timings[0], 8, 3)]),
            ["latency", "least latency", "tokens per second", "most tokens per second", "latency, ms"]),
        ["stacked"] = (() => CourseCharts.Stacked("A pile", "row", "tokens", Origin, [new("below", [1, 2], [3, 4]), new("above", [1, 2], [5, 0])]),
            ["below", "above", "row", "tokens"]),
        ["piles"] = (() => CourseCharts.Piles("Piles", "share", Origin, ["cat", "dog"], [("below", [1, 2]), ("above", [3, 0])]), ["below", "above", "cat", "dog", "share"]),
        ["cells"] = (() => CourseCharts.Cells("A mask", "key", "query", Origin, [[1, 0], [1, 1]]), ["A mask", "key", "query"]),
        ["roofline"] = (() => CourseCharts.Roofline("Roofs", new(100e9, 20e9), Origin, [new("decode", 0.5, 5e9), new("prefill", 50, 80e9)]),
            ["decode", "prefill", "memory: 20.0 GB/s", "arithmetic: 100 GFLOP/s"]),
        ["heatmap"] = (() => Figure.FromJson("""{"data":[{"type":"heatmap","z":[[1,2],[3,4]],"x":["p","q"],"y":["u","v"]}]}"""), ["p", "q", "u", "v"]),
        ["lying bars"] = (() => Figure.FromJson("""{"data":[{"type":"bar","orientation":"h","x":[1,2],"y":["p","q"],"text":["one","two"]}]}"""), ["p", "q", "one", "two"]),
        ["logarithmic bars"] = (() => Figure.FromJson("""{"data":[{"type":"bar","x":["p","q"],"y":[1,1000]}],"layout":{"yaxis":{"type":"log"}}}"""), ["p", "q"]),
        ["annotated"] = (() => Figure.FromJson("""{"data":[{"x":[1,10],"y":[1,10]}],"layout":{"xaxis":{"type":"log"},"annotations":[{"x":0.5,"y":5,"text":"here"}]}}"""), ["here"]),
        ["pie"] = (() => Figure.FromJson("""{"data":[{"type":"pie","labels":["small","large"],"values":[1,3]}]}"""), ["small (25 %)", "large (75 %)"]),
        ["counted pie"] = (() => Figure.FromJson("""{"data":[{"type":"pie","hole":0.4,"labels":["p","q","p","p"]}]}"""), ["p (75 %)", "q (25 %)"]),
        ["histogram"] = (() => Figure.FromJson("""{"data":[{"type":"histogram","x":[1,2,2,3,3,3],"name":"samples"}],"layout":{"showlegend":true}}"""), ["samples"]),
        ["histogram of words"] = (() => Figure.FromJson("""{"data":[{"type":"histogram","y":["p","q","p"]}]}"""), ["p", "q"]),
        ["points in space"] = (() => Figure.FromJson("""
            {"data":[{"type":"scatter3d","mode":"lines+markers","x":[1,2,3],"y":[4,5,6],"z":[7,8,9]}],"layout":{"scene":{"xaxis":{"title":"across"},"zaxis":{"title":{"text":"up"}}}}}
            """), ["across", "up", "seen from above"]),
        ["surface"] = (() => Figure.FromJson("""{"data":[{"type":"surface","x":[[0,1],[0,1]],"y":[[5,5],[6,6]],"z":[[1,2],[3,4]]}]}"""), ["seen from above"]),
        ["mesh"] = (() => Figure.FromJson("""{"data":[{"type":"mesh3d","x":[0,1,0],"y":[0,0,1],"z":[1,2,3]}]}"""), ["seen from above"]),
        ["contour"] = (() => Figure.FromJson("""{"data":[{"type":"contour","z":[[1,2],[3,4]]}]}"""), []),
        ["violin"] = (() => Figure.FromJson("""{"data":[{"type":"violin","y":[1,2,3,9],"name":"ms"}]}"""), ["ms"]),
        ["xplot bars"] = (XPlotBars, ["An XPlot chart", "attention", "first", "second"]),
        ["xplot line"] = (() => Figure.From(XPlot.Plotly.Chart.Line([1, 2, 4])), []),
    };

    public static TheoryData<string> All => [.. Known.Keys];

    public static Figure Make(string name) => Known[name].Make();

    public static string[] NamesIn(string name) => Known[name].Names;

    private static Figure XPlotBars()
    {
        XPlot.Plotly.Bar Named(string name) => new() { x = new[] { "attention", "head" }, y = new[] { 3, 1 }, name = name };
        var chart = XPlot.Plotly.Chart.Plot([Named("first"), Named("second")]);
        chart.WithTitle("An XPlot chart");
        return Figure.From(chart);
    }
}
