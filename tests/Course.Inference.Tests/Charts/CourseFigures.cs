using Course.Charts;
using Course.Inference.Charts;
using Course.Inference.Measurement;

namespace Course.Inference.Tests.Charts;

/// <summary>One example of each of the course's charts, by name, with the texts that it must contain.</summary>
public static class CourseFigures
{
    private static readonly Provenance Origin = new("a machine", "cpu", "fp32", 7);
    private static readonly Timing[] Timings = [new("slow & steady", new Samples([3, 4, 5])), new("fast", new Samples([1, 2, 9]))];

    private static readonly Dictionary<string, (Func<Figure> Make, string[] Names)> Known = new()
    {
        ["lines"] = (() => CourseCharts.Lines("Two <lines>", "x", "y", Origin,
            [new("first", [1, 2, 3], [10, 20, 30], [1, 1, 1], [2, 2, 2]), new("second", [1, 2, 3], [1, 2, 3])]),
            ["Two <lines>", "first", "second", "a machine"]),
        ["bars"] = (() => CourseCharts.Bars("Bars", "GFLOP", Origin, [("attention", 3), ("head", 1)]), ["attention", "head", "GFLOP"]),
        ["groups"] = (() =>
            CourseCharts.Groups(
                "Side by side", "share", Origin, ["one", "two"], [("left", [1, 10]), ("right", [2, 20])], Scale.Logarithmic),
            ["left", "right", "one", "two", "share"]),
        ["spread"] = (() => CourseCharts.Spread("Spread", Origin, Timings), ["slow & steady", "fast"]),
        ["latency"] = (() => CourseCharts.LatencyBesideFlops("Cost", "T", Origin, [(1, Timings[0], 1e9), (8, Timings[0], 8e9)]),
            ["latency", "FLOPs", "latency, ms"]),
        ["throughput"] = (() => CourseCharts.LatencyAndThroughput("A batch", "B", Origin, [(1, Timings[0], 1, 2), (8, Timings[0], 8, 3)]),
            ["latency", "least latency", "tokens per second", "most tokens per second", "latency, ms"]),
        ["stacked"] = (() =>
            CourseCharts.Stacked("A pile", "row", "tokens", Origin, [new("below", [1, 2], [3, 4]), new("above", [1, 2], [5, 0])]),
            ["below", "above", "row", "tokens"]),
        ["piles"] = (
            () => CourseCharts.StackedGroups("Piles", "share", Origin, ["cat", "dog"], [("below", [1, 2]), ("above", [3, 0])]),
            ["below", "above", "cat", "dog", "share"]),
        ["cells"] = (() => CourseCharts.Cells("A mask", "key", "query", Origin, [[1, 0], [1, 1]]), ["A mask", "key", "query"]),
        ["roofline"] = (() => CourseCharts.Roofline("Roofs", new(100e9, 20e9), Origin, [new("decode", 0.5, 5e9), new("prefill", 50, 80e9)]),
            ["decode", "prefill", "memory: 20.0 GB/s", "arithmetic: 100 GFLOP/s"]),
    };

    public static TheoryData<string> All => [.. Known.Keys];

    public static Figure Make(string name) => Known[name].Make();

    public static string[] NamesIn(string name) => Known[name].Names;
}
