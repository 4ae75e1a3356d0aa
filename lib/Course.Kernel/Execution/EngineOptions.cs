namespace Course.Kernel.Execution;

/// <summary>Options of an execution engine.</summary>
/// <param name="WorkingDirectory">The folder to which the paths of <c>#r "x.dll"</c>, <c>#load</c> and <c>#!import</c> are
/// relative: the notebook's.</param>
public sealed record EngineOptions(string WorkingDirectory)
{
    /// <summary>
    /// How long an interrupt waits for the cell's threads before it abandons those that are stuck, for example in a native call.
    /// </summary>
    public TimeSpan InterruptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public static EngineOptions Here => new(Environment.CurrentDirectory);
}
