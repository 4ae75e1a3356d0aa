using System.CommandLine;
using System.CommandLine.Parsing;

namespace Course.Cli;

/// <summary>
/// The messages about a command line with errors. The help is not printed with them: it would push them off the screen.
/// </summary>
internal static class ParseErrors
{
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        // An error in a value explains itself. Unmatched words may only be a consequence of it, so they are reported only without one.
        var values = parsed.Errors.Where(error => error.SymbolResult is OptionResult or ArgumentResult).Select(Value).Distinct().ToArray();
        if (values.Length > 0)
            return values;
        return parsed.UnmatchedTokens.Concat(Swallowed(parsed)).FirstOrDefault() is { } first
            ? [Leftover(parsed.CommandResult.Command, Path(parsed), first)]
            : [.. parsed.Errors.Select(error => error.Message).Distinct()];
    }

    /// <summary>
    /// Words with dashes that a list argument has accepted as names: they are options that do not exist, except after --.
    /// </summary>
    private static IEnumerable<string> Swallowed(ParseResult parsed) => parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? []
        : parsed.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(value => value.StartsWith("--", StringComparison.Ordinal));

    /// <summary>The full name of the command: <c>course bench decode</c>.</summary>
    public static string Path(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Parent: not null } command; at = at.Parent)
            names.Push(command.Command.Name);
        return string.Join(' ', names.Prepend("course"));
    }

    private static string Value(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, Implicit: false } option => $"{Wanted.Name(option)}: a value is missing.",
        ArgumentResult { Tokens.Count: 0, Parent: OptionResult { Implicit: false } option } =>
            $"{Wanted.Name(option)}: a value is missing.",
        ArgumentResult { Tokens.Count: 0, Parent: CommandResult } argument => $"{argument.Argument.Name.ToUpperInvariant()} is missing.",
        _ => error.Message,
    };

    private static string Leftover(Command command, string path, string token)
    {
        if (token.StartsWith('-'))
            return $"{path} has no option {token}." +
                Nearest(token, Within(command).SelectMany(one => one.Options).Select(option => option.Name));
        if (command.Subcommands.Any(verb => !verb.Hidden))
            return $"{path} has no command {token}." +
                Nearest(token, command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name));
        var prompt = command.Options.Any(option => option.Name == "--prompt") ? $" Is it the prompt? Then: --prompt \"{token}\"" : "";
        return $"\"{token}\" belongs to no option of {path}.{prompt}";
    }

    private static IEnumerable<Command> Within(Command command) => command.Parents.OfType<Command>().SelectMany(Within).Prepend(command);

    private static string Nearest(string token, IEnumerable<string> names) =>
        names.MinBy(name => Distance(token, name)) is { } name && Distance(token, name) <= Math.Max(2, token.Length / 3)
            ? $" Did you mean {name}?"
            : "";

    /// <summary>The Levenshtein distance: insertions, deletions and replacements between two words.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var (i, letter) in a.Index())
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (letter == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
