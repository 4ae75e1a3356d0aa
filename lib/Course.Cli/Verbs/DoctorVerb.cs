using System.CommandLine;
using Course.Cli.Doctor;
using Spectre.Console;

namespace Course.Cli.Verbs;

/// <summary>`course doctor`: what this machine has, and what to do where it falls short.</summary>
internal static class DoctorVerb
{
    public static Command Build()
    {
        var command = new Command("doctor", "Check SDK, CPU, libtorch, devices, models, Jupyter and kernelspec.");
        command.SetAction(_ =>
        {
            var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
            var healthy = true;
            foreach (var finding in Checks.All())
            {
                healthy &= finding.Health != Health.Broken;
                table.AddRow(Mark(finding.Health), finding.Subject, Markup.Escape(finding.Detail));
                if (finding.Remedy.Length > 0)
                    table.AddRow("", "", $"[grey]→ {Markup.Escape(finding.Remedy)}[/]");
            }
            AnsiConsole.Write(table);
            return healthy ? 0 : 1;
        });
        return command;
    }

    private static string Mark(Health health) => health switch
    {
        Health.Good => "[green]ok[/]",
        Health.Limited => "[yellow]limited[/]",
        _ => "[red]broken[/]",
    };
}
