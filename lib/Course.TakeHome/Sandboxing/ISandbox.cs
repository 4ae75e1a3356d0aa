namespace Course.TakeHome.Sandboxing;

/// <summary>Runs untrusted commands.</summary>
public interface ISandbox
{
    /// <summary>The name of the sandbox, for reports.</summary>
    string Name { get; }

    /// <summary>Runs a command until it ends or reaches a limit. No process that it started is left when this returns.</summary>
    SandboxResult Run(SandboxCommand command, CancellationToken cancel = default);
}

/// <summary>There is no sandbox on this machine.</summary>
public sealed class SandboxMissingException(string reason) : CourseException(
    $"Submissions are run in a sandbox only, and there is none: {reason} Install bubblewrap (apt-get install bubblewrap) on a Linux that "
    + "allows user namespaces, or pass --unsafe-no-sandbox to run the candidate's code with all your own rights, on a machine that you "
    + "throw away afterwards.");

/// <summary>Chooses the sandbox of this machine.</summary>
public static class Sandbox
{
    /// <summary>Returns bubblewrap if it works here.</summary>
    /// <param name="unsafeWithout">Whether commands may run without a sandbox if there is none.</param>
    /// <exception cref="SandboxMissingException">There is no sandbox, and <paramref name="unsafeWithout"/> is false.</exception>
    public static ISandbox Find(bool unsafeWithout = false) => Choose(Bubblewrap.WhyNot(), unsafeWithout);

    /// <param name="whyNot">Why bubblewrap does not work here; null if it does.</param>
    /// <param name="unsafeWithout">Whether commands may run without a sandbox if there is none.</param>
    internal static ISandbox Choose(string? whyNot, bool unsafeWithout) =>
        whyNot is null ? new Bubblewrap() : unsafeWithout ? new NoSandbox() : throw new SandboxMissingException(whyNot);
}
