namespace Course.Kernel.Directives;

/// <summary>A cell in the order of its execution.</summary>
internal abstract record CellPart
{
    private CellPart()
    {
    }

    /// <param name="Text">C#, on the lines where it stands in the cell: what precedes it is left as empty lines.</param>
    public sealed record Code(string Text) : CellPart;

    /// <param name="Name">With its mark, such as <c>#r</c> or <c>#!import</c>.</param>
    /// <param name="Argument">What follows, without quotes; empty if nothing.</param>
    /// <param name="Line">Counted from one.</param>
    public sealed record Directive(string Name, string Argument, int Line) : CellPart;
}
