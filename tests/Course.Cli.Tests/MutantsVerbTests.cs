using Course.Cli.Verbs;
using Course.Mutants;
using Spectre.Console.Testing;

namespace Course.Cli.Tests;

public class MutantsVerbTests
{
    /// <summary>A matrix as large as the real one, which takes seconds to compute.</summary>
    private static readonly MutantMatrix Matrix = new(
        [.. Enumerable.Range(1, 20).Select(check => $"check {check}")],
        [
            .. SpeculationMutants.All.Select(
                mutant =>
                    new MatrixRow(
                        mutant.Name, mutant.Area, [.. Enumerable.Range(1, 20).Select(check => check % 7 == 3 ? "objects" : null)]))
        ]);

    [Fact]
    public void In_a_narrow_terminal_it_is_a_list_whose_names_are_whole()
    {
        var lines = Lines(80);
        Assert.InRange(lines.Length, 1, (2 * Matrix.Rows.Count) + Matrix.Checks.Count + 2); // a long name may take a second line
        Assert.All(Matrix.Rows,
            row => Assert.Contains(lines, line => line.StartsWith($"{row.Name} ({row.Area})", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.EndsWith("found by 3 10 17", StringComparison.Ordinal));
    }

    [Fact]
    public void In_a_wide_one_it_is_a_table() => Assert.Contains(Lines(160), line => line.Contains('·') && line.Contains('✗'));

    private static string[] Lines(int width)
    {
        using var console = new TestConsole();
        console.Profile.Width = width;
        MutantsVerb.Print(console, Matrix);
        return console.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
