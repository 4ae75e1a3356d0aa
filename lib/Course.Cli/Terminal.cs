using Spectre.Console;

namespace Course.Cli;

/// <summary>
/// The output and error streams as Spectre consoles. Text for a file or a pipe is not wrapped.
/// </summary>
internal static class Terminal
{
    private const int Unbounded = 1_000_000;

    public static IAnsiConsole Out => Of(Console.Out);

    /// <summary>The error stream, for everything that is not a result, such as progress.</summary>
    public static IAnsiConsole Error => Of(Console.Error);

    /// <summary>A console for text that is written piece by piece: the terminal itself wraps its lines.</summary>
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
