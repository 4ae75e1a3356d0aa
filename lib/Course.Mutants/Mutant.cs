using Course.Mutants.Checks;

namespace Course.Mutants;

/// <summary>Where a bug sits.</summary>
public enum Area
{
    Acceptance,
    Residual,
    Bonus,
    Drafting,
    Cache,
    Stopping,
    Sampling,
    Batching,
    Trees,
    Measurement,
}

/// <summary>A bug that somebody made, or nearly.</summary>
/// <param name="Name">A handle.</param>
/// <param name="Area">Where it sits.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Symptom">What one sees of it in public.</param>
/// <param name="Tempting">Why one writes it.</param>
/// <param name="Plant">Puts it into a right subject.</param>
public sealed record Mutant(string Name, Area Area, string Wrong, string Symptom, string Tempting, Func<Subject, Subject> Plant)
{
    public Subject Subject => Plant(Subject.Right);
}

/// <summary>Something that looks wrong, or is merely slower, and is exact. A check that objects to it is wrong itself.</summary>
/// <param name="Name">A handle.</param>
/// <param name="Why">Why it is right.</param>
/// <param name="Plant">Puts it into a right subject.</param>
/// <param name="Forgoes">The check of a promise that it gives up, as <paramref name="Why"/> says; null where it keeps all.</param>
public sealed record CorrectVariant(string Name, string Why, Func<Subject, Subject> Plant, string? Forgoes = null)
{
    public Subject Subject => Plant(Subject.Right);

    /// <summary>What the check says of it; null where it says nothing, or is not asked.</summary>
    public string? Objection(Check check) => check.Name == Forgoes ? null : check.Objection(Subject);
}
