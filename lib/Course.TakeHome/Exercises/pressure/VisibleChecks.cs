namespace Course.TakeHome.Contracts;

/// <summary>A roofline and what follows from it, tested on cases that anyone can work out on paper.</summary>
internal sealed class PressureVisibleChecks : CheckSuite<IBatchPressure>
{
    // One device does not hold the weights of the larger targets. The card names the number.
    private const int Devices = 8;

    public override string Exercise => "pressure";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check(
            "bound by memory", "With few tokens a call takes as long as reading the weights and each sequence's cache.",
            "CallSeconds: bytes over bytes per second.", BoundByMemory),
        Check(
            "bound by arithmetic", "With many tokens arithmetic takes longer than reading. From there on each token costs time.",
            "CallSeconds: FLOPs over FLOP/s, and the longer of the two times.", BoundByArithmetic),
        Check(
            "one user", "This is the case that most papers measure.",
            "Speedup at B = 1: γ calls of the draft and one of the target over γ + 1 tokens, against one call of the target for each "
            + "token.", OneUser),
        Check(
            "many users", "Sequences and draft tokens share the same arithmetic units. What was free for one user costs time for many.",
            "Speedup at large B: the verification brings B · (γ + 1) tokens.", ManyUsers),
        Check(
            "crossover", "Past this batch size speculation should be switched off.",
            "Crossover: the smallest B at which the speed-up is 1 or less.", Crossing),
        Check(
            "chart", "A reader with one minute reads one picture: what it shows, in which unit, and where the gain ends.",
            "Chart: title, axes, and points on both sides of the crossover.", Charted),
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation)
    {
        var @case = Case(variation);
        return new Dictionary<string, string>
        {
            ["teraflops"] = Show.Number(@case.Machine.FlopsPerSecond / 1e12),
            ["terabytes"] = Show.Number(@case.Machine.BytesPerSecond / 1e12),
            ["billions"] = Show.Number(@case.Target.WeightBytes / 2e9),
            ["draftBillions"] = Show.Number(@case.Draft.WeightBytes / 2e9),
            ["acceptance"] = Show.Number(@case.Acceptance),
            ["gamma"] = $"{@case.DraftLength}",
        };
    }

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        var pressure = (IBatchPressure)answer;
        foreach (var rows in new[] { 1, 4, 16, 64, 256 })
            yield return $"B = {rows}: speed-up {Show.Rough(pressure.Speedup(Case(variation), rows))}";
        yield return $"from B = {pressure.Crossover(Case(variation), 4096)} on speculation gains nothing";
    }

    public override string Picture(object answer, Variation variation) => ((IBatchPressure)answer).Chart(Case(variation)).ToSvg();

    private static void BoundByMemory(IBatchPressure answer, Variation variation)
    {
        var (machine, slower) = (new MachinePeaks(1e15, 1e12 / variation.Stretch("bytes")), variation.Stretch("bytes"));
        Demand.Close(0.5 * slower, answer.CallSeconds(machine, new(5e11, 1e9, 0), rows: 1, tokensPerRow: 1),
            $"The time to read 500 GB of weights at {Show.Number(1 / slower)} TB/s");
        Demand.Close(0.5 * slower, answer.CallSeconds(machine, new(5e11, 1e9, 0), rows: 8, tokensPerRow: 5),
            "The time of 40 tokens that share one read of the weights");
        Demand.Close(0.9 * slower, answer.CallSeconds(machine, new(5e11, 1e9, 1e11), rows: 4, tokensPerRow: 1),
            "The time to read 500 GB of weights and the caches of 4 sequences, 100 GB each,");
        Demand.Close(0.9 * slower, answer.CallSeconds(machine, new(5e11, 1e9, 1e11), rows: 4, tokensPerRow: 5),
            "The time to read weights and caches once for 5 tokens per sequence");
    }

    private static void BoundByArithmetic(IBatchPressure answer, Variation variation)
    {
        var (machine, slower) = (new MachinePeaks(1e12 / variation.Stretch("flops"), 1e12), variation.Stretch("flops"));
        Demand.Close(4 * slower, answer.CallSeconds(machine, new(5e11, 1e12, 0), rows: 4, tokensPerRow: 1),
            $"The time of 4 tokens of 1 TFLOP each at {Show.Number(1 / slower)} TFLOP/s");
        Demand.Close(20 * slower, answer.CallSeconds(machine, new(5e11, 1e12, 1e11), rows: 4, tokensPerRow: 5),
            $"The time of 20 tokens of 1 TFLOP each at {Show.Number(1 / slower)} TFLOP/s");
    }

    private static void OneUser(IBatchPressure answer, Variation variation) => SpeedupAt(answer, variation, 1);

    private static void ManyUsers(IBatchPressure answer, Variation variation)
    {
        foreach (var rows in new[] { 2, 8, 32, 128, 512, 2048 })
            SpeedupAt(answer, variation, rows);
    }

    private static void Crossing(IBatchPressure answer, Variation variation)
    {
        var @case = Case(variation);
        var expected = Enumerable.Range(1, 4096).First(rows => Expected(@case, rows) <= 1);
        Demand.That(answer.Crossover(@case, 4096) == expected,
            $"At B = {expected} the speed-up is {Show.Number(Expected(@case, expected))}, at B = {expected - 1} it is " +
            $"{Show.Number(Expected(@case, expected - 1))}. You say {answer.Crossover(@case, 4096)}.");
        Demand.That(answer.Crossover(@case, expected - 1) == expected,
            $"Up to B = {expected - 1} there is no crossover: the answer is {expected}. You say {answer.Crossover(@case, expected - 1)}.");
    }

    private static void Charted(IBatchPressure answer, Variation variation)
    {
        var @case = Case(variation);
        var chart = answer.Chart(@case);
        Demand.That(new[] { chart.Title, chart.XTitle, chart.YTitle }.All(text => text.Length >= 3),
            "The chart needs a title and two axis titles of at least three letters each.");
        var crossover = Enumerable.Range(1, 4096).First(rows => Expected(@case, rows) <= 1);
        var line = chart.Lines.FirstOrDefault(
            line => line.Points.Count > 4 && line.Points.All(point => Math.Abs(point.Y - Expected(@case, (int)point.X)) < 1e-6));
        Demand.That(line is not null, "No line shows the speed-up over B with at least five points.");
        Demand.That(line.Points.Any(point => point.X < crossover) && line.Points.Any(point => point.X > crossover),
            $"Speculation stops paying off at B = {crossover}. The line needs points on both sides of it.");
    }

    private static void SpeedupAt(IBatchPressure answer, Variation variation, int rows)
    {
        var @case = Case(variation);
        Demand.Close(Expected(@case, rows), answer.Speedup(@case, rows),
            $"The speed-up for B = {rows}, α = {Show.Number(@case.Acceptance)}, γ = {@case.DraftLength}");
    }

    /// <summary>The speed-up, from the time of one round and of the plain decode steps that it replaces.</summary>
    private static double Expected(PressureCase @case, int rows)
    {
        double Clock(ModelNeeds model, int tokens) =>
            new[]
            {
                rows * tokens * model.FlopsPerToken / @case.Machine.FlopsPerSecond,
                (model.WeightBytes + (rows * model.CacheBytesPerRow)) / @case.Machine.BytesPerSecond
            }.Max();
        var tokens = 1.0;
        for (var (probability, token) = (@case.Acceptance, 0); token < @case.DraftLength; token++, probability *= @case.Acceptance)
            tokens += probability;
        var round = Clock(@case.Target, @case.DraftLength + 1);
        for (var guess = 0; guess < @case.DraftLength; guess++)
            round += Clock(@case.Draft, 1);
        return tokens * Clock(@case.Target, 1) / round;
    }

    private static PressureCase Case(Variation variation)
    {
        var target = variation.Pick<double>("target", [32, 70, 72, 123]) * 1e9;
        var draft = variation.Pick<double>("draft", [0.5, 1, 1.5, 3]) * 1e9;
        return new(
            new(
                Devices * variation.Pick<double>("flops", [312, 660, 990]) * 1e12,
                Devices * variation.Pick<double>("bytes", [2, 3.35, 4.8]) * 1e12),
            new(2 * target, 2 * target, 2e8), new(2 * draft, 2 * draft, 1e7),
            variation.Step("alpha", 0.6, 0.8, 8), variation.Between("gamma", 3, 6));
    }
}
