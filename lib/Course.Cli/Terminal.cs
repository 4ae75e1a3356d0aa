using Spectre.Console;

namespace Course.Cli;

/// <summary>
/// The two streams as Spectre writes to them. What goes into a file or a pipe is not wrapped: nobody reads it at 80 columns.
/// </summary>
internal static class Terminal
{
    private const int Unbounded = 1_000_000;

    public static IAnsiConsole Out => Of(Console.Out);

    /// <summary>For what is not the result: progress, above all.</summary>
    public static IAnsiConsole Error => Of(Console.Error);

    /// <summary>For a text whose pieces come one by one: the terminal itself breaks its lines.</summary>
    public static IAnsiConsole Unwrapped(TextWriter writer)
    {
        var console = Of(writer);
        console.Profile.Width = Unbounded;
        return console;
    }

    private static IAnsiConsole Of(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        if (output.IsTerminal)
            return AnsiConsole.Create(new() { Out = output });
        var console = AnsiConsole.Create(new() { Out = output, Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = Unbounded;
        return console;
    }
}
