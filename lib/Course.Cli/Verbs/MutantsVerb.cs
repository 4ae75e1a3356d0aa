using System.CommandLine;
using Course.Mutants;
using Spectre.Console;

namespace Course.Cli.Verbs;

/// <summary>`course mutants`: runs every check of speculative decoding on every planted bug.</summary>
internal static class MutantsVerb
{
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "Print the matrix with every objection as JSON." };
        var card = Options.Named(
            new Option<string?>("--card")
            {
                Description = "Print the card of one bug: what is wrong, its symptom, and why it is tempting.",
            }, "the name of a bug");
        var command = new Command("mutants",
            "Test the checks of speculative decoding with planted bugs: each must be found, and correct code accepted.") { json, card };
        command.SetAction(parsed => parsed.GetValue(card) is { } name ? Card(name) : Matrix(parsed.GetValue(json)));
        return command;
    }

    private static int Matrix(bool json)
    {
        var matrix = MutantMatrix.Of();
        if (json)
            Console.Out.WriteLine(matrix.ToJson());
        else
            Print(Terminal.Out, matrix);
        return matrix.Settled ? 0 : 1;
    }

    private static int Card(string name)
    {
        var mutant = SpeculationMutants.All.FirstOrDefault(mutant => mutant.Name == name)
            ?? throw new CourseException(
                $"There is no bug \"{name}\". Known bugs: {string.Join(", ", SpeculationMutants.All.Select(mutant => mutant.Name))}.");
        Console.Out.WriteLine(
            $"{mutant.Name} ({mutant.Area})\n  wrong:    {mutant.Wrong}\n  symptom:  {mutant.Symptom}\n  tempting: {mutant.Tempting}");
        return 0;
    }

    internal static void Print(IAnsiConsole console, MutantMatrix matrix)
    {
        var table = new FittingTable(["", "area", .. matrix.Checks.Select((_, index) => $"{index + 1}")]);
        foreach (var row in matrix.Rows)
            table.Add(
                [row.Name.EscapeMarkup(), $"{row.Area}", .. row.Objections.Select(objection => objection is null ? "·" : "[red]✗[/]")],
                Line(row).EscapeMarkup());
        table.Write(console);
        for (var check = 0; check < matrix.Checks.Count; check++)
            console.WriteLine($"{check + 1,2} {matrix.Checks[check]}");
        console.WriteLine(matrix.Verdict);
    }

    private static string Line(MatrixRow row)
    {
        var finders = row.Objections.Index().Where(check => check.Item is not null).Select(check => $"{check.Index + 1}").ToArray();
        var name = row.Area is { } area ? $"{row.Name} ({area})" : row.Name;
        return $"{name}: {(finders.Length > 0 ? $"found by {string.Join(' ', finders)}" : "no objection")}";
    }
}
