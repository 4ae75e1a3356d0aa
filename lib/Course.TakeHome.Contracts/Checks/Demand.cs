namespace Course.TakeHome.Contracts;

/// <summary>Assertions of checks and tests.</summary>
public static class Demand
{
    /// <summary>Demands a condition.</summary>
    /// <param name="holds">The condition.</param>
    /// <param name="otherwise">The message if it does not hold: what was seen and what was expected.</param>
    /// <exception cref="CheckFailedException">The condition does not hold.</exception>
    public static void That([System.Diagnostics.CodeAnalysis.DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
            throw new CheckFailedException(otherwise);
    }

    /// <summary>Demands that two numbers agree to within one part in a billion.</summary>
    /// <exception cref="CheckFailedException">They differ by more.</exception>
    public static void Close(double expected, double came, string what) =>
        That(Math.Abs(expected - came) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{what} is {came:G6}; expected {expected:G6}.");
}
