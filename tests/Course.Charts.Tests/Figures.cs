namespace Course.Charts.Tests;

/// <summary>One figure of each kind, by name, and the texts that it must contain.</summary>
public static class Figures
{
    private const string Origin = "a machine · cpu · fp32 · 7 samples each";

    private static readonly Dictionary<string, (Func<Figure> Make, string[] Names)> Known = new()
    {
        ["lines"] = (() => new("Two <lines>", Origin,
            [new Series("first", [1, 2, 3], [10, 20, 30], [1, 1, 1], [2, 2, 2]), new Series("second", [1, 2, 3], [1, 2, 3])], new Axis("x"),
            new Axis("y")),
            ["Two <lines>", "first", "second", "a machine"]),
        ["dashes and points"] = (() => new("", Origin,
            [
                new Series("line", [1, 2], [1, 2]) { Dashed = true },
                new Series("points", [1, 2], [2, 1]) { Stroke = Stroke.None, Symbol = Symbol.Diamond }
            ],
            new Axis("x", Scale.Logarithmic), new Axis("y", Scale.Logarithmic)), ["line", "points", "a machine"]),
        ["bars"] = (() => Named([new Bars(null, [0, 1], [3, 1]) { Colors = ["#0072b2", "#d55e00"] }]), ["p", "q", "share"]),
        ["groups"] = (
            () => Named([new Bars("left", [0, 1], [1, 10]), new Bars("right", [0, 1], [2, 20])]), ["left", "right", "p", "q", "share"]),
        ["logarithmic groups"] = (
            () => Named([new Bars("left", [0, 1], [1, 10]), new Bars("right", [0, 1], [2, 20])], Scale.Logarithmic), ["left", "right"]),
        ["stacks"] = (
            () => Named([new Bars("below", [0, 1], [1, 2]), new Bars("above", [0, 1], [3, 0])]) with { Stacked = true },
            ["below", "above", "p", "q"]),
        ["horizontal stacks"] = (HorizontalStacks, ["held", "fed", "tokens", "p", "q"]),
        ["boxes"] = (
            () => Named([new Box("p", 0, [3, 4, 5]) { InLegend = false }, new Box("q", 1, [1, 1, 1, 2, 9]) { InLegend = false }]),
            ["p", "q", "share"]),
        ["cells"] = (
            () => new("A mask", Origin, [new Heatmap(null, [[1, 0], [1, 1]])], new Axis("key"), new Axis("query") { Reversed = true }),
            ["A mask", "key", "query"]),
        ["two axes"] = (() => new("Two", Origin,
            [new Series("left", [1, 2], [1, 2]), new Series("right", [1, 2], [100, 300]) { YAxis = "y2" }],
            new Dictionary<string, Axis>
            {
                ["x"] = new("T"),
                ["y"] = new("ms", Scale.Logarithmic) { Range = (0.5, 5) },
                ["y2"] = new("FLOP", Scale.Logarithmic) { Range = (50, 500), Opposite = true, HasGrid = false },
            }), ["left", "right", "ms", "FLOP", "T"]),
        ["heatmap"] = (
            () => Figure.FromJson("""{"data":[{"type":"heatmap","z":[[1,2],[3,4]],"x":["p","q"],"y":["u","v"]}]}"""), ["p", "q", "u", "v"]),
        ["horizontal bars"] = (
            () => Figure.FromJson("""{"data":[{"type":"bar","orientation":"h","x":[1,2],"y":["p","q"],"text":["one","two"]}]}"""),
            ["p", "q", "one", "two"]),
        ["logarithmic bars"] = (
            () => Figure.FromJson("""{"data":[{"type":"bar","x":["p","q"],"y":[1,1000]}],"layout":{"yaxis":{"type":"log"}}}"""),
            ["p", "q"]),
        ["annotated"] = (() => Figure.FromJson("""
            {"data":[{"x":[1,10],"y":[1,10]}],"layout":{"xaxis":{"type":"log"},"annotations":[{"x":0.5,"y":5,"text":"here"}]}}
            """), ["here"]),
        ["pie"] = (
            () => Figure.FromJson("""{"data":[{"type":"pie","labels":["small","large"],"values":[1,3]}]}"""),
            ["small (25 %)", "large (75 %)"]),
        ["counted pie"] = (
            () => Figure.FromJson("""{"data":[{"type":"pie","hole":0.4,"labels":["p","q","p","p"]}]}"""), ["p (75 %)", "q (25 %)"]),
        ["histogram"] = (
            () => Figure.FromJson("""{"data":[{"type":"histogram","x":[1,2,2,3,3,3],"name":"samples"}],"layout":{"showlegend":true}}"""),
            ["samples"]),
        ["histogram of words"] = (() => Figure.FromJson("""{"data":[{"type":"histogram","y":["p","q","p"]}]}"""), ["p", "q"]),
        ["points in space"] = (() => Figure.FromJson("""
            {"data":[{"type":"scatter3d","mode":"lines+markers","x":[1,2,3],"y":[4,5,6],"z":[7,8,9]}],
             "layout":{"scene":{"xaxis":{"title":"across"},"zaxis":{"title":{"text":"up"}}}}}
            """), ["across", "up", "seen from above"]),
        ["surface"] = (
            () => Figure.FromJson("""{"data":[{"type":"surface","x":[[0,1],[0,1]],"y":[[5,5],[6,6]],"z":[[1,2],[3,4]]}]}"""),
            ["seen from above"]),
        ["mesh"] = (() => Figure.FromJson("""{"data":[{"type":"mesh3d","x":[0,1,0],"y":[0,0,1],"z":[1,2,3]}]}"""), ["seen from above"]),
        ["contour"] = (() => Figure.FromJson("""{"data":[{"type":"contour","z":[[1,2],[3,4]]}]}"""), []),
        ["violin"] = (() => Figure.FromJson("""{"data":[{"type":"violin","y":[1,2,3,9],"name":"ms"}]}"""), ["ms"]),
        ["xplot bars"] = (XPlotBars, ["An XPlot chart", "attention", "first", "second"]),
        ["xplot line"] = (() => Figure.From(XPlot.Plotly.Chart.Line([1, 2, 4])), []),
    };

    public static TheoryData<string> All => [.. Known.Keys];

    public static Figure Make(string name) => Known[name].Make();

    public static string[] NamesIn(string name) => Known[name].Names;

    private static Figure Named(IReadOnlyList<Mark> marks, Scale scale = Scale.Linear) =>
        new("", Origin, marks, new Axis { Names = ["p", "q"] }, new Axis("share", scale));

    private static Figure HorizontalStacks()
    {
        Bars[] bars = [new("held", [0, 1], [3, 4]) { Horizontal = true }, new("fed", [0, 1], [1, 2]) { Horizontal = true }];
        var names = new Axis { Names = ["p", "q"], Reversed = true };
        return new Figure("Horizontal", Origin, bars, new Axis("tokens"), names) with { Stacked = true };
    }

    private static Figure XPlotBars()
    {
        XPlot.Plotly.Bar Named(string name) => new() { x = new[] { "attention", "head" }, y = new[] { 3, 1 }, name = name };
        var chart = XPlot.Plotly.Chart.Plot([Named("first"), Named("second")]);
        chart.WithTitle("An XPlot chart");
        return Figure.From(chart);
    }
}
