namespace Course.Kernel.Running;

/// <summary>A cell that stopped its notebook.</summary>
/// <param name="Number">As Jupyter shows it in brackets: the place among the code cells, from 1.</param>
/// <param name="FirstLine">Of the cell.</param>
/// <param name="Name">Of the exception.</param>
/// <param name="Message">What it says.</param>
/// <param name="Traceback">Where, from the failing line of the cell on; may be empty.</param>
public sealed record CellFailure(
    int Number, string FirstLine, string Name, string Message, IReadOnlyList<string> Traceback)
{
    private const int ShownLines = 8;

    public override string ToString()
    {
        var why = $"{Name}: {Message}";
        // Tracebacks begin with what was just said.
        var where = Traceback.Where(line => !why.Contains(line.Trim(), StringComparison.Ordinal)).Take(ShownLines);
        // All of it is the cell's own word, and goes to terminals and pages.
        return SafeText.Lines(string.Join('\n', [$"cell [{Number}] {FirstLine}", why, .. where]));
    }
}
