namespace Course.Training.Runs;

/// <summary>Everything that decides what a run does, besides corpus, vocabulary and shape.</summary>
public sealed record Recipe
{
    /// <summary>Optimiser steps in all.</summary>
    public required int Steps { get; init; }

    /// <summary>B: windows per step.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>
    /// Threads that each take an equal share of the rows. One or two: more would make the order of sums, and so the
    /// result, a matter of chance.
    /// </summary>
    public int Workers { get; init; } = 2;

    /// <summary>T: tokens per window.</summary>
    public int Window { get; init; } = 512;

    /// <summary>Initial weights, order of data, dropout.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The share of windows cut from stories; the rest are cut from books.</summary>
    public double StoryShare { get; init; } = 0.7;

    public double Dropout { get; init; } = 0.1;

    public OptimizerRecipe Optimizer { get; init; } = new();

    /// <summary>Steps between two measurements of the held-out loss; a checkpoint is written at each.</summary>
    public int EvaluateEvery { get; init; } = 100;

    /// <summary>Held-out windows per measurement while training; the card's figure uses all.</summary>
    public int EvaluateWindows { get; init; } = 48;

    /// <summary>Measurements without a better held-out loss after which the run ends early.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Multiply matrices in bfloat16, while weights, sums and the rest stay in float32.</summary>
    /// <remarks>Off: a CPU without bfloat16 instructions emulates them, many times slower.</remarks>
    public bool HalfProducts { get; init; }

    /// <exception cref="CourseException">A number makes no sense.</exception>
    public Recipe Validated()
    {
        Require(Steps > 0 && Rows > 0 && Window > 1, $"steps, rows and window must be positive, not {Steps}, {Rows} and {Window}");
        Require(Workers is 1 or 2 && Rows % Workers == 0, $"one or two workers share the rows equally; {Workers} and {Rows} rows do not");
        Require(StoryShare is > 0 and <= 1, $"the share of stories must be in (0, 1], not {StoryShare}");
        Require(Dropout is >= 0 and < 1, $"dropout must be in [0, 1), not {Dropout}");
        Require(EvaluateEvery > 0 && EvaluateWindows > 0 && Patience > 0,
            "held-out measurements need a positive interval, window count and patience");
        return this;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new CourseException($"Not a usable recipe: {otherwise}.");
    }
}
