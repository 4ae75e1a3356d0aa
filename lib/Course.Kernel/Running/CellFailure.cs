namespace Course.Kernel.Running;

/// <summary>The failure of a cell that ended the run of its notebook.</summary>
/// <param name="Number">The number of the code cell, from 1, as Jupyter shows it in brackets.</param>
/// <param name="FirstLine">The first line of the cell.</param>
/// <param name="Name">The name of the exception.</param>
/// <param name="Message">The message of the exception.</param>
/// <param name="Traceback">The traceback, from the failing line of the cell on; may be empty.</param>
public sealed record CellFailure(
    int Number, string FirstLine, string Name, string Message, IReadOnlyList<string> Traceback)
{
    private const int ShownLines = 8;

    public override string ToString()
    {
        var why = $"{Name}: {Message}";
        // Tracebacks begin with the lines that are already shown.
        var where = Traceback.Where(line => !why.Contains(line.Trim(), StringComparison.Ordinal)).Take(ShownLines);
        // All of the text comes from the cell and is shown on terminals and pages, so it is cleaned.
        return SafeText.Lines(string.Join('\n', [$"cell [{Number}] {FirstLine}", why, .. where]));
    }
}
