namespace Course.Cli.Doctor;

/// <summary>How well one thing that the course needs is doing.</summary>
internal enum Health
{
    Good,

    /// <summary>The course runs, but something that some readers want is missing or slower.</summary>
    Limited,

    /// <summary>The course cannot run.</summary>
    Broken,
}

/// <param name="Subject">What was looked at.</param>
/// <param name="Health">How it is.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do where it falls short; empty where it does not.</param>
internal sealed record Finding(string Subject, Health Health, string Detail, string Remedy = "");
