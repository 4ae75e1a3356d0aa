namespace Course.Kernel.Directives;

/// <summary>The directives of this kernel, for help, completion and the message about unknown ones.</summary>
internal static class KernelDirectives
{
    /// <summary>The syntax of each directive and what it does.</summary>
    public static readonly IReadOnlyList<(string Usage, string Meaning)> All =
    [
        ("#r \"nuget: Id, 1.2.3\"", "use a package"),
        ("#r \"path.dll\"", "use an assembly; the path is relative to the notebook"),
        ("#i \"nuget: https://…/index.json\"", "search another source of packages too"),
        ("#load \"file.csx\"", "run the code of a file (.cs, .csx) or of a notebook's cells (.ipynb) here"),
        ("#!import file.csx", "the same"),
        ("#!time", "show how long the cell took"),
        ("#!help Name", "documentation of a name; without one, this text"),
        ("#!csharp", "the language of the cell, which is C# in any case"),
    ];

    private static readonly (string Call, string Meaning)[] Functions =
    [
        ("display(x)", "show a value now; display(x, \"text/markdown\") shows content of a type; .Update(y) on the result replaces it"),
        ("HTML(\"<b>…</b>\")", "mark text as HTML"),
        ("await GetInputAsync(\"…\")", "ask for a line; GetPasswordAsync hides it; Console.ReadLine() asks too"),
        ("ClearOutput()", "remove the output of the cell so far"),
        ("Interrupted", "a cancellation token that an interrupt cancels"),
    ];

    private static readonly HashSet<string> Languages =
    [
        "#!fsharp", "#!f#", "#!pwsh", "#!powershell", "#!javascript", "#!js", "#!html", "#!markdown", "#!mermaid", "#!sql", "#!kql",
        "#!http", "#!python", "#!r", "#!value",
    ];

    public static IEnumerable<string> Names => All.Select(d => d.Usage.Split(' ')[0]).Distinct();

    public static string Help => $"""
        A cell is C#: statements, and an expression at the end, without a semicolon, whose value is shown.

        {Table(All)}

        {Table(Functions)}
        """;

    /// <summary>The error message for a directive that this kernel does not support.</summary>
    public static string Refuse(string name) => Languages.Contains(name)
        ? $"this kernel runs C# only, and '{name}' begins a cell of another language. "
            + "Use a Markdown cell for text and display(HTML(\"…\")) for HTML; .NET Interactive runs the others."
        : $"this kernel does not know '{name}'. It knows {string.Join(", ", Names.SkipLast(1))} and {Names.Last()}.";

    private static string Table(IReadOnlyList<(string Left, string Right)> rows)
    {
        var width = rows.Max(r => r.Left.Length);
        return string.Join('\n', rows.Select(r => $"{r.Left.PadRight(width)}  {r.Right}"));
    }
}
