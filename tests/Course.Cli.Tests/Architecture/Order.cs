namespace Course.Cli.Tests.Architecture;

/// <summary>Rooms from the bottom up: each may need those before it, and no other.</summary>
/// <param name="Rooms">The names of assemblies, or of folders with a point where the path has a slash.</param>
internal sealed record Order(IReadOnlyList<string> Rooms)
{
    /// <summary>The projects of <c>lib</c>, by their assemblies. Those that are still to be built have their places too.</summary>
    public static Order OfProjects { get; } = new(
    [
        "Course.Core",
        "Course.Charts",
        "Course.Inference",
        "Course.Mutants",
        "Course.Benchmarks",
        "Course.Training",
        "Course.Kernel",
        "Course.Site",
        "Course.Serving",
        "Course.TakeHome.Contracts",
        "Course.TakeHome.Hidden",
        "Course.TakeHome.Runner",
        "Course.TakeHome",
        "course",
    ]);

    /// <summary>The folders of <c>Course.Inference</c>; a folder that is named has those below it, unless they are named too.</summary>
    public static Order OfInference { get; } = new(
    [
        "Files",
        "Devices",
        "Measurement",
        "Sampling",
        "Modeling",
        "Kernels",
        "Quantization",
        "Caching",
        "Tokenization",
        "Families.Llama",
        "Families.Llama.Torch",
        "Families.Llama.Fused",
        "Checkpoints",
        "Decoding",
        "Speculation",
        "Charts",
        FrontDoor,
    ]);

    /// <summary>What lies in no folder and needs all: the way in.</summary>
    public const string FrontDoor = "(front door)";

    /// <summary>The rooms of the arrows that nobody gave a place.</summary>
    public IEnumerable<string> Unknown(IEnumerable<Arrow> arrows) =>
        arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Distinct().Except(Rooms);

    public IEnumerable<Arrow> Upward(IEnumerable<Arrow> arrows) => arrows.Where(arrow => PlaceOf(arrow.From) < PlaceOf(arrow.To));

    private int PlaceOf(string room) => Rooms.ToList().IndexOf(room);
}
