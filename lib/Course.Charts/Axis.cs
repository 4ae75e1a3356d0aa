namespace Course.Charts;

/// <summary>An axis of a figure.</summary>
/// <param name="Title">What it measures, with its unit.</param>
/// <param name="Scale">How it is divided.</param>
public sealed record Axis(string Title = "", Scale Scale = Scale.Linear)
{
    /// <summary>What lies at 0, 1, 2 … instead of these numbers; null for numbers.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>From where to where, in the values' own unit; null for what the values need.</summary>
    public (double Low, double High)? Range { get; init; }

    /// <summary>From right to left, or downwards.</summary>
    public bool Reversed { get; init; }

    /// <summary>On the right of the figure, or on top, rather than on the left or at the bottom.</summary>
    public bool Opposite { get; init; }

    /// <summary>Whether lines go across the figure at its ticks; null where numbers have them and names do not.</summary>
    public bool? HasGrid { get; init; }

    /// <summary>Where the axis has a name; null where it has none such.</summary>
    internal double? PlaceOf(string name) =>
        Names?.Index().Where(each => each.Item == name).Select(each => (double?)each.Index).FirstOrDefault();

    /// <summary>The share of the figure that it spans; null for all of it.</summary>
    internal (double From, double To)? Domain { get; init; }

    internal bool BeginsAtZero { get; init; }
}
