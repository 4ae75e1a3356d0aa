namespace Course.Charts;

/// <summary>On which side of its point a text stands.</summary>
internal enum Side
{
    Middle,
    Before,
    After,
}

/// <summary>A text at a point of another library's figure.</summary>
/// <param name="Text">What it says.</param>
/// <param name="X">On the axis <paramref name="XAxis"/>.</param>
/// <param name="Y">On the axis <paramref name="YAxis"/>.</param>
/// <param name="XAxis">A key of <see cref="Figure.Axes"/>.</param>
/// <param name="YAxis">A key of <see cref="Figure.Axes"/>.</param>
/// <param name="Across">Left of the point, or right of it.</param>
/// <param name="Along">Below the point, or above it.</param>
/// <param name="Color">As CSS writes it; null for the ink.</param>
internal readonly record struct Label(string Text, double X, double Y, string XAxis, string YAxis, Side Across, Side Along, string? Color);
