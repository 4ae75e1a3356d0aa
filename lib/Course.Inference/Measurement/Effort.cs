namespace Course.Inference.Measurement;

/// <summary>
/// How much a run measures: fully, for reliable figures, or quickly (<c>COURSE_QUICK=1</c>), to see that everything works.
/// </summary>
public static class Effort
{
    /// <summary>The environment variable that asks for a quick run.</summary>
    public const string Variable = "COURSE_QUICK";

    public static bool IsQuick => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary><paramref name="quick"/> in a quick run, else <paramref name="full"/>.</summary>
    public static T Choose<T>(T full, T quick) => IsQuick ? quick : full;
}
