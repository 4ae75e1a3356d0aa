namespace Course.Kernel.Execution;

/// <summary>The outcome of a cell: exactly one of the three nested records.</summary>
public abstract record CellOutcome
{
    private CellOutcome()
    {
    }

    /// <summary>The cell ran to its end.</summary>
    public sealed record Succeeded : CellOutcome;

    /// <summary>The cell did not compile or threw.</summary>
    /// <param name="Name">The exception's own type name, or <see cref="CompilationError"/> or <see cref="DirectiveError"/>.</param>
    /// <param name="Message">The message, including those of inner exceptions.</param>
    /// <param name="Traceback">The traceback as lines of text: first the failing line of the cell, then the calls that led to it.</param>
    public sealed record Failed(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutcome;

    /// <summary>The cell was stopped on request. Variables that it assigned before keep their values.</summary>
    public sealed record Interrupted : CellOutcome;

    /// <summary><see cref="Failed.Name"/> of a cell that does not compile.</summary>
    public const string CompilationError = "CompilationError";

    /// <summary><see cref="Failed.Name"/> of a cell whose <c>#r</c>, <c>#!import</c> or other directive cannot be executed.</summary>
    public const string DirectiveError = "DirectiveError";
}
