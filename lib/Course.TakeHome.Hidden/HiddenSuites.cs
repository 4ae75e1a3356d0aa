using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>The hidden checks of every exercise. They use the same contracts as the visible ones, with other tables and numbers.</summary>
public static class HiddenSuites
{
    /// <summary>The hidden suites, ordered by the ids of their exercises.</summary>
    public static IReadOnlyList<CheckSuite> All { get; } = CheckSuite.In(typeof(HiddenSuites).Assembly);
}
