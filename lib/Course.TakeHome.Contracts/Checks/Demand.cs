namespace Course.TakeHome.Contracts;

/// <summary>How checks and tests say what they want.</summary>
public static class Demand
{
    /// <param name="holds">What must be so.</param>
    /// <param name="otherwise">What was seen and what was expected.</param>
    /// <exception cref="CheckFailedException">It is not so.</exception>
    public static void That([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
            throw new CheckFailedException(otherwise);
    }

    /// <summary>Equal within a part in a billion.</summary>
    /// <exception cref="CheckFailedException">They are not.</exception>
    public static void Close(double expected, double came, string what) =>
        That(Math.Abs(expected - came) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{what} is {came:G6}; expected {expected:G6}.");
}
