namespace Course.TakeHome.Contracts;

/// <summary>A property that every right answer to an exercise has.</summary>
/// <param name="Name">The mechanism that it holds to account, such as "replacement".</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Where">Where to look when it fails: the member, and what in it.</param>
/// <param name="Run">Returns if the property holds; otherwise throws <see cref="CheckFailedException"/>. The answer implements the
/// suite's contract.</param>
public sealed record Check(string Name, string Why, string Where, Action<object, Variation> Run)
{
    /// <summary>Checks whose failure makes this one fail as well: what is wrong is said there.</summary>
    public IReadOnlyList<string> FollowsFrom { get; init; } = [];
}

/// <summary>What a check saw and what it expected.</summary>
public sealed class CheckFailedException(string message) : Exception(message);

/// <summary>
/// The checks of one exercise. Visible ones lie in the candidate's folder, hidden ones with whoever grades; both ask only the contract.
/// </summary>
public abstract class CheckSuite
{
    /// <summary>The exercise's id.</summary>
    public abstract string Exercise { get; }

    /// <summary>The interface that an answer implements.</summary>
    public abstract Type Contract { get; }

    public abstract IReadOnlyList<Check> Checks { get; }

    /// <summary>What the seed decides about the task: fills <c>{{name}}</c> in card, hints, stub and reference.</summary>
    public virtual IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>();

    /// <summary>What to look at once the checks pass: figures of the candidate's own answer, a line each.</summary>
    public virtual IEnumerable<string> Measure(object answer, Variation variation) => [];

    /// <summary>
    /// A picture to look at once the checks pass, as SVG: written beside the answer, and handed in with it. Null where there is none.
    /// </summary>
    public virtual string? Picture(object answer, Variation variation) => null;

    /// <summary>The concrete suites of an assembly: adding an exercise touches no list.</summary>
    public static IReadOnlyList<CheckSuite> In(System.Reflection.Assembly assembly) =>
    [
        .. assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CheckSuite)) && !type.IsAbstract)
            .Select(type => (CheckSuite)Activator.CreateInstance(type)!).OrderBy(suite => suite.Exercise, StringComparer.Ordinal),
    ];

    /// <summary>The visible checks of every exercise.</summary>
    public static IReadOnlyList<CheckSuite> Visible { get; } = In(typeof(CheckSuite).Assembly);
}

/// <summary>The checks of one exercise, typed.</summary>
/// <typeparam name="TAnswer">The contract.</typeparam>
public abstract class CheckSuite<TAnswer> : CheckSuite
    where TAnswer : class
{
    public override Type Contract => typeof(TAnswer);

    protected static Check Check(string name, string why, string where, Action<TAnswer, Variation> run) =>
        new(name, why, where, (answer, variation) => run((TAnswer)answer, variation));
}
