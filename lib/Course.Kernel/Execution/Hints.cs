using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Execution;

/// <summary>Hints for cells that do not compile: the C# equivalent of what users of other languages and notebooks tend to write.</summary>
internal static partial class Hints
{
    /// <summary>At most two hints, because the first error often causes the others.</summary>
    private const int Maximum = 2;

    /// <summary>Returns the hints for the errors of a cell.</summary>
    /// <param name="errors">The errors in source order.</param>
    public static IEnumerable<string> For(IReadOnlyList<Diagnostic> errors) =>
        errors.Select(For).OfType<string>().Distinct().Take(Maximum).Select(hint => "Hint: " + hint);

    private static string? For(Diagnostic error)
    {
        if (error.Location.SourceTree is not { } tree)
            return null;
        var text = tree.GetText();
        var line = text.Lines.GetLineFromPosition(error.Location.SourceSpan.Start).ToString();
        var code = text.ToString(error.Location.SourceSpan);
        return Habits.Select(h => h.Pattern.IsMatch(line) ? h.Hint : null).FirstOrDefault(h => h is not null) ?? ByError(error.Id, code);
    }

    private static string? ByError(string id, string code) => (id, code) switch
    {
        ("CS0103", "print" or "println" or "printf" or "printfn" or "echo") =>
            "Console.WriteLine(x) prints; display(x), or x as the cell's last line without a semicolon, shows a value.",
        ("CS0103", "len") => "x.Length, x.Count or x.Count() gives the length in C#.",
        ("CS0103", "range") => "in C#, Enumerable.Range(start, count) gives a range.",
        ("CS0103", "None" or "True" or "False") => "C# writes null, true and false.",
        ("CS0201", _) => "to show a value, write it as the cell's last line without a semicolon, or display(…) it.",
        ("CS1109" or "CS9283", _) =>
            "types of a cell are nested in it. Write the extension method in the cell itself, without a class around it: "
            + "static int Twice(this int n) => 2 * n;",
        ("CS0548", "with") => "at the start of a statement a script reads this as a property. Write (row with { … }), or assign it.",
        ("CS7021", _) => "a cell needs no namespace: declare its types as they are.",
        ("CS8345", _) => "a cell's variables outlive it, which a Span cannot. Put the code into a block { … } or a method, "
            + "or use an array or Memory<T>.",
        _ => null,
    };

    /// <summary>Hints chosen by the source line with the error.</summary>
    private static readonly (Regex Pattern, string Hint)[] Habits =
    [
        (Magic(), "magic commands begin with #! here: #!time on a line of its own shows how long the cell took, and #!help lists all."),
        (Package(), "packages are added by a directive: #r \"nuget: Id, 1.2.3\"."),
        (Shell(), "a cell cannot run shell commands. Use a terminal or System.Diagnostics.Process."),
        (Python(), "this kernel runs C#, and the line reads like Python. `using Namespace;` imports, "
            + "#r \"nuget: Id, 1.2.3\" adds a package."),
        (FSharp(), "this kernel runs C#, and the line reads like F#. `var x = 1;` declares, `int F(int n) => n + 1;` is a function."),
        (UsingVariable(), "a cell's variables outlive it, so `using var` needs a block around it: "
            + "{ using var x = …; … } or using (var x = …) { … }."),
    ];

    [GeneratedRegex(@"^\s*%{1,2}[a-zA-Z]")]
    private static partial Regex Magic();

    [GeneratedRegex(@"^\s*[!%]?(pip3?|conda|npm|dotnet add package)\s+\w")]
    private static partial Regex Package();

    [GeneratedRegex(@"^\s*!\s*([a-z][\w./-]*\s+[^=&|;()?]+|ls|pwd|cd|df|top|nvidia-smi)\s*$")]
    private static partial Regex Shell();

    [GeneratedRegex(@"^\s*(import\s+[\w.]+(\s+as\s+\w+)?\s*$|from\s+[\w.]+\s+import\s|def\s+\w+\s*\(.*:\s*$|(for|while|if|elif)\b.*:\s*$)")]
    private static partial Regex Python();

    [GeneratedRegex(@"^\s*(let\s+(mutable\s+|rec\s+)?\w+(\s+[\w:()]+)*\s*=[^;]*$|open\s+[A-Z][\w.]*\s*$|printfn\s+"")")]
    private static partial Regex FSharp();

    [GeneratedRegex(@"^\s*(await\s+)?using\s+(var|[\w.<>\[\],?]+)\s+\w+\s*=")]
    private static partial Regex UsingVariable();
}
