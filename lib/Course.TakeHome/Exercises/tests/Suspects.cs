namespace Course.TakeHome.Exercises;

/// <summary>
/// A decoder that grading shows to a candidate's tests: real speculation, either correct (a decoy, which no test may fail) or with one
/// planted bug (a mutant, which some test must fail).
/// </summary>
/// <param name="Name">The planted bug's name, or the decoy's.</param>
/// <param name="Mechanism">The check of exercise "loop" that names what it gets wrong, or what a decoy does differently.</param>
/// <param name="What">What it does, in a sentence.</param>
/// <param name="Right">Whether it emits what was promised.</param>
/// <param name="Text">Its C# source.</param>
public sealed record Suspect(string Name, string Mechanism, string What, bool Right, string Text)
{
    /// <summary>The C# namespace that its source is compiled into.</summary>
    public string Namespace => Name.Replace('-', '_');
}

/// <summary>
/// The decoders of exercise "loop", as its reference and its planted bugs make them. No candidate's folder holds any of them.
/// </summary>
public static class Suspects
{
    // These bugs cost only time: the text still follows the target, so a test that fails them is wrong.
    private static readonly HashSet<string> Harmless = [
        "one-call-per-guess", "no-bonus", "starts-anew", "draft-starts-anew", "draft-misses-its-last-guess"
    ];

    private static readonly PlantedBug FreshSampleAgrees = new(
        "fresh-sample-agrees", "acceptance",
        "Accepts a draft token if a fresh sample of the target equals it, and emits that sample either way: exact, but fewer are accepted.",
        """
                    if (!randomness.Accept(Math.Min(1, p[i][x] / laws[i][x])))
                        return [.. emitted, randomness.Draw(LeftOver(p[i], laws[i]))];
                    emitted.Add(x);
        """,
        """
                    emitted.Add(randomness.Draw(p[i]));
                    if (emitted[^1] != x)
                        return emitted;
        """);

    private static readonly PlantedBug ThirdByThreshold = new(
        "third-kept-by-threshold", "law of several tokens", "Accepts the third draft token by a threshold, and the others as it should.",
        "randomness.Accept(Math.Min(1, p[i][x] / laws[i][x]))",
        "(i >= 2 ? p[i][x] >= laws[i][x] / 2 : randomness.Accept(Math.Min(1, p[i][x] / laws[i][x])))");

    public static IReadOnlyList<Suspect> All { get; } = Read(Exercise.Named("loop"));

    private static Suspect[] Read(Exercise loop) =>
    [
        new("reference", "nothing", "The reference.", Right: true, loop.Reference),
        Of(loop, FreshSampleAgrees, right: true),
        Of(loop, ThirdByThreshold, right: false),
        .. loop.Bugs.Select(bug => Of(loop, bug, Harmless.Contains(bug.Name))),
    ];

    private static Suspect Of(Exercise loop, PlantedBug bug, bool right) =>
        new(bug.Name, bug.Check, bug.Wrong, right, bug.In(loop.Reference));
}
