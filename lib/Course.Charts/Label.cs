namespace Course.Charts;

/// <summary>The side of its point on which a text is placed.</summary>
internal enum Side
{
    Middle,
    Before,
    After,
}

/// <summary>A text at a point of another library's figure.</summary>
/// <param name="Text">The text.</param>
/// <param name="X">The position on the axis <paramref name="XAxis"/>.</param>
/// <param name="Y">The position on the axis <paramref name="YAxis"/>.</param>
/// <param name="XAxis">A key of <see cref="Figure.Axes"/>.</param>
/// <param name="YAxis">A key of <see cref="Figure.Axes"/>.</param>
/// <param name="Across">Whether the text is left or right of the point.</param>
/// <param name="Along">Whether the text is below or above the point.</param>
/// <param name="Color">A CSS colour; null for the default text colour.</param>
internal readonly record struct Label(string Text, double X, double Y, string XAxis, string YAxis, Side Across, Side Along, string? Color);
