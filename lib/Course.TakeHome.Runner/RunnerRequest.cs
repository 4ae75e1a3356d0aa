namespace Course.TakeHome.Runner;

/// <summary>What the runner is to do.</summary>
public enum RunnerTask
{
    /// <summary>Hold the answer to the visible checks on other data, and to the hidden ones.</summary>
    Check,

    /// <summary>Hold the candidate's tests to decoders that are right or wrong.</summary>
    Suspects,

    /// <summary>Time the candidate's decoder beside the reference.</summary>
    Time,
}

/// <summary>What the runner is asked.</summary>
/// <param name="Key">For <see cref="SignedLine"/>, in hexadecimal: another one for every run.</param>
/// <param name="Assembly">The candidate's, compiled.</param>
/// <param name="Exercise">Which of its answers.</param>
/// <param name="Seed">What the data of the checks begins with.</param>
/// <param name="Trial">Of the data.</param>
/// <param name="SecondsPerCheck">How long one check may take; for suspects, all tests on one of them.</param>
public sealed record RunnerRequest(string Key, string Assembly, string Exercise, ulong Seed, string Trial, double SecondsPerCheck)
{
    public RunnerTask Task { get; init; }

    /// <summary>An assembly of decoders, each in a namespace of its own; empty where the task needs none.</summary>
    public string Decoders { get; init; } = "";
}
