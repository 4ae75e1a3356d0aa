namespace Course.Training.Runs;

/// <summary>All settings of a run except corpus, vocabulary and shape.</summary>
public sealed record Recipe
{
    /// <summary>The total number of optimiser steps.</summary>
    public required int Steps { get; init; }

    /// <summary>B: windows per step.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>
    /// The number of threads, one or two, that share the windows equally. With more threads the order of additions, and so the result,
    /// would not be deterministic.
    /// </summary>
    public int Workers { get; init; } = 2;

    /// <summary>T: tokens per window.</summary>
    public int Window { get; init; } = 512;

    /// <summary>The seed of initial weights, data order and dropout.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The share of windows from stories; the others are from books.</summary>
    public double StoryShare { get; init; } = 0.7;

    public double Dropout { get; init; } = 0.1;

    public OptimizerRecipe Optimizer { get; init; } = new();

    /// <summary>The number of steps between two measurements of the held-out loss. A checkpoint is written at each.</summary>
    public int EvaluateEvery { get; init; } = 100;

    /// <summary>The number of held-out windows per measurement during training. The number on the model card uses all.</summary>
    public int EvaluateWindows { get; init; } = 48;

    /// <summary>The number of measurements without improvement after which the run stops early.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Whether matrix products use bfloat16, while weights, sums and everything else stay in float32.</summary>
    /// <remarks>Off by default, because CPUs without bfloat16 instructions emulate them many times slower.</remarks>
    public bool HalfProducts { get; init; }

    /// <summary>Returns this recipe if it is valid.</summary>
    /// <exception cref="CourseException">A setting is out of range.</exception>
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
