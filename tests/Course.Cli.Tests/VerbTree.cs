using System.CommandLine;

namespace Course.Cli.Tests;

/// <summary>All commands below `course`.</summary>
internal static class VerbTree
{
    /// <summary>Every command that is not hidden, with its path: "bench decode".</summary>
    public static IEnumerable<(string Path, Command Command)> All() => Below(CourseCommand.Build(), "");

    private static IEnumerable<(string Path, Command Command)> Below(Command command, string path)
    {
        foreach (var verb in command.Subcommands.Where(verb => !verb.Hidden))
        {
            var own = $"{path} {verb.Name}".TrimStart();
            yield return (own, verb);
            foreach (var deeper in Below(verb, own))
                yield return deeper;
        }
    }
}
