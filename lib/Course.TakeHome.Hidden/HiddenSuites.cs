using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>The hidden checks of every exercise. They ask the same contracts as the visible ones, of other tables and numbers.</summary>
public static class HiddenSuites
{
    public static IReadOnlyList<CheckSuite> All { get; } = CheckSuite.In(typeof(HiddenSuites).Assembly);
}
