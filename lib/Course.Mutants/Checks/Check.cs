namespace Course.Mutants.Checks;

/// <summary>A property that every right speculative decoder has. It says of a wrong one what is wrong.</summary>
/// <param name="Name">Short, for a table's head.</param>
/// <param name="Says">What must hold.</param>
/// <param name="Run">Returns if it does; otherwise throws.</param>
public sealed record Check(string Name, string Says, Action<Subject> Run)
{
    /// <summary>Why the subject does not hold; null if it does. An exception of the subject's own is a reason like any other.</summary>
    public string? Objection(Subject subject)
    {
        try
        {
            Run(subject);
            return null;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            return e.Message;
        }
    }
}

/// <summary>What a check found.</summary>
public sealed class CheckFailedException(string message) : Exception(message);

internal static class Demand
{
    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new CheckFailedException(otherwise);
    }

    public static void Close(double expected, double came, string what) =>
        That(Math.Abs(expected - came) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{what} is {came:R}; it should be {expected:R}.");
}
