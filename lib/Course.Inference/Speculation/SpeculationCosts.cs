using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation;

/// <summary>How long one call of a model takes by how many tokens share it, measured at some counts and linear between and beyond them.</summary>
public sealed class CallTimes
{
    private readonly (int Tokens, double Seconds)[] points;

    /// <param name="points">At least one, of positive time.</param>
    /// <exception cref="CourseException">There are none, or a time is not positive, or a count comes twice.</exception>
    public CallTimes(IEnumerable<(int Tokens, double Seconds)> points)
    {
        this.points = [.. points.OrderBy(point => point.Tokens)];
        if (this.points.Length == 0 || this.points.Any(point => point.Tokens < 1 || !(point.Seconds > 0 && double.IsFinite(point.Seconds)))
            || this.points.DistinctBy(point => point.Tokens).Count() < this.points.Length)
            throw new CourseException($"Times of calls are positive, at different counts of tokens from 1 on; got [{string.Join(", ", this.points)}].");
    }

    /// <summary>Nothing: a drafter without a model.</summary>
    public static CallTimes None { get; } = new();

    private CallTimes() => points = [];

    /// <summary>Measures one row's calls of a model, in turn, behind some cached tokens; drawing from the logits is part of a step.</summary>
    /// <param name="model">What is timed.</param>
    /// <param name="tokens">How many tokens share a call.</param>
    /// <param name="sampling">How logits become distributions.</param>
    /// <param name="meter">Times.</param>
    public static CallTimes Measure(ILanguageModel model, IReadOnlyList<int> tokens, SamplingOptions sampling, LatencyMeter meter)
    {
        const int cached = 32;
        using var cache = model.CreateCache();
        model.Forward(new(1, cached, new int[cached]), cache, LogitsOf.NoToken);
        var pipeline = new SamplingPipeline(sampling);
        var law = new double[model.VocabularySize];
        void Call(int M)
        {
            var logits = model.Forward(new(1, M, new int[M]), cache);
            for (var position = 0; position < M; position++)
                pipeline.Apply(logits[0, position], law);
            cache.Rewind(M);
        }

        var timings = meter.Interleave([.. tokens.Select(M => ($"M={M}", (Action)(() => Call(M))))]);
        return new(tokens.Zip(timings, (M, timing) => (M, timing.Median)));
    }

    public IReadOnlyList<(int Tokens, double Seconds)> Points => points;

    /// <summary>Seconds of a call with so many tokens, all rows together.</summary>
    public double At(int tokens)
    {
        if (points.Length < 2)
            return points.Length == 0 ? 0 : points[0].Seconds;
        var above = Math.Clamp(Array.FindIndex(points, point => point.Tokens >= tokens), 1, points.Length - 1);
        if (tokens > points[^1].Tokens)
            above = points.Length - 1;
        var (from, to) = (points[above - 1], points[above]);
        var slope = (to.Seconds - from.Seconds) / (to.Tokens - from.Tokens);
        return Math.Max(from.Seconds + (slope * (tokens - from.Tokens)), points[0].Seconds * Math.Min(1, tokens / (double)points[0].Tokens));
    }
}

/// <summary>What both models cost on this machine: all that a prediction needs beside α.</summary>
/// <param name="Target">Times of the target's calls.</param>
/// <param name="Draft">Times of the draft's calls; <see cref="CallTimes.None"/> without a model.</param>
public sealed record SpeculationCosts(CallTimes Target, CallTimes Draft) : IRoundCosts
{
    /// <summary>c for B rows: one draft step over one step of the target.</summary>
    public double DraftCost(int rows = 1) => Draft.At(rows) / Target.At(rows);

    /// <summary>V(M)/V(1) for B rows: verifying M tokens of each over one of each.</summary>
    public double VerificationCost(int tokens, int rows = 1) => Target.At(rows * tokens) / Target.At(rows);

    /// <summary>The law of a batch: with more rows verification stops being free, because B·M tokens fill the machine.</summary>
    public SpeedupLaw Law(double acceptance, int rows = 1) => new(acceptance, DraftCost(rows), M => VerificationCost(M, rows));
}
