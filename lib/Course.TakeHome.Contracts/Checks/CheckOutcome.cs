namespace Course.TakeHome.Contracts;

/// <summary>The result of a check.</summary>
public enum Verdict
{
    /// <summary>The property holds.</summary>
    Passed,

    /// <summary>The answer ran, and did the wrong thing.</summary>
    Failed,

    /// <summary>The answer threw <see cref="NotImplementedException"/>: it is still the stub.</summary>
    Unfinished,

    /// <summary>The answer threw another exception.</summary>
    Crashed,

    /// <summary>The answer exceeded the time limit.</summary>
    TimedOut,
}

/// <summary>The result of one check of one answer.</summary>
/// <param name="Exercise">The exercise's id.</param>
/// <param name="Check">The check's name: the mechanism that it tests, such as "replacement".</param>
/// <param name="Verdict">The result.</param>
/// <param name="What">What was seen and what was expected, with numbers; empty if the check passed.</param>
/// <param name="Why">Why the property matters.</param>
/// <param name="Where">Where to look: the member, and what in it.</param>
/// <param name="Seconds">How long the check took, in seconds.</param>
public sealed record CheckOutcome(string Exercise, string Check, Verdict Verdict, string What, string Why, string Where, double Seconds)
{
    /// <summary>
    /// Whether the answer broke the contract, so that the property could not be tested: it took random numbers from elsewhere, passed
    /// probabilities that are none, or used a block that it had not taken.
    /// </summary>
    public bool IsBreach { get; init; }

    /// <summary>
    /// How the verdict was reached, if not in the usual way, for instance by sampling; empty otherwise.
    /// </summary>
    public string Remark { get; init; } = "";
}
