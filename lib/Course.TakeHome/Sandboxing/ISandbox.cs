namespace Course.TakeHome.Sandboxing;

/// <summary>Runs commands that nobody trusts.</summary>
public interface ISandbox
{
    /// <summary>What contains the command, for a report.</summary>
    string Name { get; }

    /// <summary>Runs to the end, or to a limit. Nothing that the command started is left when this returns.</summary>
    SandboxResult Run(SandboxCommand command, CancellationToken cancel = default);
}

/// <summary>There is nothing here to contain a command.</summary>
public sealed class SandboxMissingException(string reason) : CourseException(
    $"Submissions are run in a sandbox only, and there is none: {reason} Install bubblewrap (apt-get install bubblewrap) on a Linux that "
    + "allows user namespaces, or pass --unsafe-no-sandbox to run the candidate's code with all your own rights, on a machine that you "
    + "throw away afterwards.");

/// <summary>Which sandbox there is.</summary>
public static class Sandbox
{
    /// <param name="unsafeWithout">Run without one where there is none.</param>
    /// <exception cref="SandboxMissingException">There is none, and none was not allowed.</exception>
    public static ISandbox Find(bool unsafeWithout = false) => Choose(Bubblewrap.WhyNot(), unsafeWithout);

    /// <param name="whyNot">What keeps bubblewrap from working; null where nothing does.</param>
    /// <param name="unsafeWithout">Run without a sandbox where there is none.</param>
    internal static ISandbox Choose(string? whyNot, bool unsafeWithout) =>
        whyNot is null ? new Bubblewrap() : unsafeWithout ? new NoSandbox() : throw new SandboxMissingException(whyNot);
}
