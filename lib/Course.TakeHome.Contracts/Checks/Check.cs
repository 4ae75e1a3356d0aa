namespace Course.TakeHome.Contracts;

/// <summary>Tests one property that every correct answer to an exercise has.</summary>
/// <param name="Name">The mechanism that it tests, such as "replacement". Findings and the question bank refer to it by this name.</param>
/// <param name="Why">Why the property matters.</param>
/// <param name="Where">Where to look when it fails: the member, and what in it.</param>
/// <param name="Run">Takes an answer that implements the suite's contract. Returns if the property holds, and throws
/// <see cref="CheckFailedException"/> otherwise.</param>
public sealed record Check(string Name, string Why, string Where, Action<object, Variation> Run)
{
    /// <summary>Names of checks whose failure makes this one fail as well. The candidate should fix those first.</summary>
    public IReadOnlyList<string> FollowsFrom { get; init; } = [];
}

/// <summary>A check failed. The message says what was seen and what was expected.</summary>
public sealed class CheckFailedException(string message) : Exception(message);

/// <summary>
/// The checks of one exercise. Visible suites are in the candidate's folder, hidden ones only in the grader. Both use only the contract.
/// </summary>
public abstract class CheckSuite
{
    /// <summary>The exercise's id.</summary>
    public abstract string Exercise { get; }

    /// <summary>The interface that an answer implements.</summary>
    public abstract Type Contract { get; }

    /// <summary>The checks, in the order in which they are reported.</summary>
    public abstract IReadOnlyList<Check> Checks { get; }

    /// <summary>The values that the seed decides, by the name of their <c>{{placeholder}}</c> in card, hints, stub and reference.</summary>
    public virtual IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>();

    /// <summary>Measurements of the candidate's own answer, a line each, to look at once the checks pass.</summary>
    public virtual IEnumerable<string> Measure(object answer, Variation variation) => [];

    /// <summary>
    /// The answer's picture as SVG, which is written beside the answer and handed in with it; null if the exercise has none.
    /// </summary>
    public virtual string? Picture(object answer, Variation variation) => null;

    /// <summary>Finds the concrete suites of an assembly, so that a new exercise needs no entry in a list.</summary>
    public static IReadOnlyList<CheckSuite> In(System.Reflection.Assembly assembly) =>
    [
        .. assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CheckSuite)) && !type.IsAbstract)
            .Select(type => (CheckSuite)Activator.CreateInstance(type)!).OrderBy(suite => suite.Exercise, StringComparer.Ordinal),
    ];

    /// <summary>The visible checks of every exercise.</summary>
    public static IReadOnlyList<CheckSuite> Visible { get; } = In(typeof(CheckSuite).Assembly);
}

/// <summary>The checks of one exercise, for answers of a known type.</summary>
/// <typeparam name="TAnswer">The interface that an answer implements.</typeparam>
public abstract class CheckSuite<TAnswer> : CheckSuite
    where TAnswer : class
{
    public override Type Contract => typeof(TAnswer);

    protected static Check Check(string name, string why, string where, Action<TAnswer, Variation> run) =>
        new(name, why, where, (answer, variation) => run((TAnswer)answer, variation));
}
