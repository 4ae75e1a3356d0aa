namespace Course.Kernel.Execution;

/// <summary>What an engine needs to know of its surroundings.</summary>
/// <param name="WorkingDirectory">Folder against which <c>#r "x.dll"</c>, <c>#load</c> and <c>#!import</c> resolve: the notebook's.</param>
public sealed record EngineOptions(string WorkingDirectory)
{
    /// <summary>
    /// How long an interrupt waits for the cell's threads before it leaves one behind that is stuck, in a native call say.
    /// </summary>
    public TimeSpan InterruptPatience { get; init; } = TimeSpan.FromSeconds(5);

    public static EngineOptions Here => new(Environment.CurrentDirectory);
}
