namespace Course.Inference.Measurement;

/// <summary>
/// How much a run measures: fully, for figures to believe, or quickly (<c>COURSE_QUICK=1</c>), to see that everything works.
/// </summary>
public static class Effort
{
    public const string Variable = "COURSE_QUICK";

    public static bool IsQuick => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The one of two that this run's effort asks for.</summary>
    public static T Choose<T>(T full, T quick) => IsQuick ? quick : full;
}
