namespace Course.Charts;

/// <summary>An axis of a figure.</summary>
/// <param name="Title">The measured quantity, with its unit.</param>
/// <param name="Scale">Linear or logarithmic.</param>
public sealed record Axis(string Title = "", Scale Scale = Scale.Linear)
{
    /// <summary>The labels at 0, 1, 2 …; null for a numeric axis.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>The visible range, in the values' own unit; null to fit the values.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>Whether values increase from right to left, or downwards.</summary>
    public bool Reversed { get; init; }

    /// <summary>Whether the axis is on the right or at the top instead of on the left or at the bottom.</summary>
    public bool Opposite { get; init; }

    /// <summary>Whether grid lines are drawn at the ticks; null draws them on numeric axes only.</summary>
    public bool? HasGrid { get; init; }

    /// <summary>The index of a label on the axis; null if the axis has no such label.</summary>
    internal double? IndexOf(string name) =>
        Names?.Index().Where(each => each.Item == name).Select(each => (double?)each.Index).FirstOrDefault();

    /// <summary>The share of the figure that the axis spans, from 0 to 1; null for all of it.</summary>
    internal (double From, double To)? Domain { get; init; }

    internal bool BeginsAtZero { get; init; }
}
