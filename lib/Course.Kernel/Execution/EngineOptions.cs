namespace Course.Kernel.Execution;

/// <summary>What an engine needs to know of its surroundings.</summary>
/// <param name="WorkingDirectory">Folder against which <c>#r "x.dll"</c>, <c>#load</c> and <c>#!import</c> resolve: the notebook's.</param>
public sealed record EngineOptions(string WorkingDirectory)
{
    public static EngineOptions Here => new(Environment.CurrentDirectory);
}
