namespace Course.TakeHome.Contracts;

public enum Verdict
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>The answer ran, and what it did is wrong.</summary>
    Failed,

    /// <summary>The answer threw <see cref="NotImplementedException"/>: there is none yet.</summary>
    Unfinished,

    /// <summary>The answer threw something else.</summary>
    Crashed,

    /// <summary>The answer took longer than it may.</summary>
    TimedOut,
}

/// <summary>What one check says of one answer.</summary>
/// <param name="Exercise">The exercise's id.</param>
/// <param name="Check">The check's name: the mechanism that it holds to account, such as "replacement".</param>
/// <param name="Verdict">What came of it.</param>
/// <param name="What">What was seen and what was expected, with numbers; empty where it passed.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Where">Where to look: the member, and what in it.</param>
/// <param name="Seconds">How long the check took.</param>
public sealed record CheckOutcome(string Exercise, string Check, Verdict Verdict, string What, string Why, string Where, double Seconds)
{
    /// <summary>
    /// Whether the answer broke the contract before there was anything to judge: took chance from elsewhere, asked with what is no
    /// distribution, touched a block that it does not hold.
    /// </summary>
    public bool IsBreach { get; init; }

    /// <summary>
    /// What whoever reads the verdict should know about it: how it was come by where that was not by the usual way. Empty otherwise.
    /// </summary>
    public string Remark { get; init; } = "";
}
