namespace Course.Inference.Tests.Families.Llama;

internal static class LogitsAssert
{
    /// <summary>Checks that all B·T·V numbers are within <paramref name="tolerance"/>; the message locates the worst one.</summary>
    public static void Near(IReadOnlyList<double[]> expected, Logits actual, int row, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Length);
        for (var t = 0; t < actual.Length; t++)
            Near(expected[t], actual[row, t], $"row {row}, token {t}", tolerance);
    }

    public static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<float> actual, string where, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"{where}, logit {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }

    public static void Near(Logits expected, Logits actual, double tolerance)
    {
        Assert.Equal((expected.Rows, expected.Length), (actual.Rows, actual.Length));
        for (var row = 0; row < actual.Rows; row++)
            for (var t = 0; t < actual.LengthOf(row); t++)
                Near([.. expected[row, t].ToArray().Select(x => (double)x)], actual[row, t], $"row {row}, token {t}", tolerance);
    }
}
