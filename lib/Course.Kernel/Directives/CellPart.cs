namespace Course.Kernel.Directives;

/// <summary>A part of a cell; parts are executed in order.</summary>
internal abstract record CellPart
{
    private CellPart()
    {
    }

    /// <summary>C# code.</summary>
    /// <param name="Text">The code, on its original lines: the lines before it are left empty.</param>
    public sealed record Code(string Text) : CellPart;

    /// <summary>A directive of the kernel.</summary>
    /// <param name="Name">The name with its prefix, such as <c>#r</c> or <c>#!import</c>.</param>
    /// <param name="Argument">The argument without quotes; empty if there is none.</param>
    /// <param name="Line">The line number in the cell, from 1.</param>
    public sealed record Directive(string Name, string Argument, int Line) : CellPart;
}
