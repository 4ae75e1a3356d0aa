namespace Course.Cli.Doctor;

/// <summary>The state of one thing that the course needs.</summary>
internal enum Health
{
    Good,

    /// <summary>The course runs, but something that some readers want is missing or slow.</summary>
    Limited,

    /// <summary>The course cannot run.</summary>
    Broken,
}

/// <summary>The result of one check.</summary>
/// <param name="Subject">What was checked.</param>
/// <param name="Health">The state of the subject.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do about it; empty if nothing is needed.</param>
internal sealed record Finding(string Subject, Health Health, string Detail, string Remedy = "");
