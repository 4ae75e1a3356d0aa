namespace Course.TakeHome.Exercises;

/// <summary>A decoder that a candidate's tests are held to in grading: real speculation, right or with one bug.</summary>
/// <param name="Name">A handle: the planted bug's, or the variant's.</param>
/// <param name="Mechanism">What it gets wrong, in the words of exercise "loop"; for a right one, what it does otherwise.</param>
/// <param name="What">In a sentence.</param>
/// <param name="Right">Whether what it emits is what was promised.</param>
/// <param name="Text">C#.</param>
public sealed record Suspect(string Name, string Mechanism, string What, bool Right, string Text)
{
    /// <summary>A name for its namespace.</summary>
    public string Namespace => Name.Replace('-', '_');
}

/// <summary>
/// The decoders of exercise "loop", as its reference and its planted bugs make them. No candidate's folder holds any of them.
/// </summary>
public static class Suspects
{
    // Bugs of cost alone: the text is the target's, and a test of texts that objects is wrong.
    private static readonly HashSet<string> Harmless = [
        "one-call-per-guess", "no-bonus", "starts-anew", "draft-starts-anew", "draft-misses-its-last-guess"
    ];

    private static readonly PlantedBug FreshSampleAgrees = new(
        "fresh-sample-agrees", "acceptance",
        "Keeps a guess if a fresh sample of the target's agrees, and emits that sample either way: exact, with fewer guesses kept.",
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
        "third-kept-by-threshold", "law of several tokens", "Keeps a draft's third guess by a threshold, and the others as it should.",
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
