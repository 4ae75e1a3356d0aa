using System.CommandLine;
using Course.Cli.Doctor;
using Spectre.Console;

namespace Course.Cli.Verbs;

/// <summary>`course doctor`: checks what this machine has, and says what to do about what is missing.</summary>
internal static class DoctorVerb
{
    public static Command Build()
    {
        var command = new Command("doctor", "Check SDK, CPU, libtorch, devices, models, Jupyter and kernelspec.");
        command.SetAction(_ =>
        {
            var (console, healthy) = (Terminal.Out, true);
            foreach (var finding in Checks.All())
            {
                healthy &= finding.Health != Health.Broken;
                console.MarkupLine($"{Mark(finding.Health)} {finding.Subject,-10}  {Markup.Escape(finding.Detail)}");
                if (finding.Remedy.Length > 0)
                    console.MarkupLine($"        [grey]→ {Markup.Escape(finding.Remedy)}[/]");
            }
            return healthy ? 0 : 1;
        });
        return command;
    }

    private static string Mark(Health health) => health switch
    {
        Health.Good => "[green]ok     [/]",
        Health.Limited => "[yellow]limited[/]",
        _ => "[red]broken [/]",
    };
}
