namespace Course.Cli.Tests.Architecture;

/// <summary>Projects or folders from the bottom up: each may depend on those before it, and on no others.</summary>
/// <param name="Rooms">The names of assemblies, or of folders with a point where the path has a slash.</param>
internal sealed record Order(IReadOnlyList<string> Rooms)
{
    /// <summary>The projects of <c>lib</c>, by their assemblies, including planned ones.</summary>
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

    /// <summary>The folders of <c>Course.Inference</c>; a folder includes its subfolders, unless they are listed too.</summary>
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

    /// <summary>The files outside of folders, which depend on all folders.</summary>
    public const string FrontDoor = "(front door)";

    /// <summary>The projects or folders in the arrows that are not in the order.</summary>
    public IEnumerable<string> Unknown(IEnumerable<Arrow> arrows) =>
        arrows.SelectMany(arrow => new[] { arrow.From, arrow.To }).Distinct().Except(Rooms);

    public IEnumerable<Arrow> Upward(IEnumerable<Arrow> arrows) => arrows.Where(arrow => PlaceOf(arrow.From) < PlaceOf(arrow.To));

    private int PlaceOf(string room) => Rooms.ToList().IndexOf(room);
}
