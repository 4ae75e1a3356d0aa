namespace Course.Kernel.Execution;

/// <summary>How a cell ended. Exactly one of the three nested records.</summary>
public abstract record CellOutcome
{
    private CellOutcome()
    {
    }

    /// <summary>The cell ran to its end.</summary>
    public sealed record Succeeded : CellOutcome;

    /// <summary>The cell did not compile or threw.</summary>
    /// <param name="Name">The exception's own type name, or <see cref="CompilationError"/> or <see cref="DirectiveError"/>.</param>
    /// <param name="Message">What the exception says, inner exceptions included.</param>
    /// <param name="Traceback">Lines for a reader: the failing line of the cell first, then the calls that led to it.</param>
    public sealed record Failed(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutcome;

    /// <summary>The cell was stopped on request; what it had assigned before is still there.</summary>
    public sealed record Interrupted : CellOutcome;

    /// <summary><see cref="Failed.Name"/> of a cell that does not compile.</summary>
    public const string CompilationError = "CompilationError";

    /// <summary><see cref="Failed.Name"/> of a cell whose <c>#r</c>, <c>#!import</c> or other directive cannot be honoured.</summary>
    public const string DirectiveError = "DirectiveError";
}
