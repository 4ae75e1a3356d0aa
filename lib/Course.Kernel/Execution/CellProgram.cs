using System.Diagnostics;
using System.Globalization;
using Course.Kernel.Directives;
using Course.Kernel.Formatting;
using Course.Kernel.Scripting;

namespace Course.Kernel.Execution;

/// <summary>Carries a cell out: directives, code, files that it brings in, and its value.</summary>
internal sealed class CellProgram(Session session, ICellOutput output, CancellationToken interrupt)
{
    private readonly HashSet<string> importing = [];

    public async Task RunAsync(string code, string name)
    {
        var clock = Stopwatch.StartNew();
        var parts = CellParser.Parse(code);
        foreach (var part in parts)
            await RunAsync(part, name, showsValue: ReferenceEquals(part, parts[^1]));
        if (parts.Any(p => p is CellPart.Directive { Name: "#!time" }))
            output.Display(Formatter.Format(string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds:0.###} ms")), Guid.NewGuid().ToString("N"));
    }

    private Task RunAsync(CellPart part, string name, bool showsValue) => part switch
    {
        CellPart.Code code => RunCodeAsync(code.Text, name, showsValue),
        CellPart.Directive directive => RunDirectiveAsync(directive),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "Unknown part of a cell."),
    };

    private async Task RunCodeAsync(string code, string name, bool showsValue)
    {
        var submission = session.Compile(code, name, interrupt);
        var value = await session.Start(submission);
        if (showsValue && (value is not null || submission.HasValue()))
            output.ExecuteResult(Formatter.Format(value));
    }

    private Task RunDirectiveAsync(CellPart.Directive directive) => directive.Name switch
    {
        "#r" or "#i" => session.Directives.ReferenceAsync(directive, output, interrupt),
        "#load" or "#!import" => ImportAsync(directive),
        "#!help" => HelpAsync(directive),
        // The language is C# already, and the time is told at the end.
        "#!csharp" or "#!c#" or "#!C#" or "#!time" => Task.CompletedTask,
        _ => throw new DirectiveException(
            $"Line {directive.Line}: this kernel does not know '{directive.Name}'. It knows #r, #i, #load, #!import, #!time, #!help and #!csharp."),
    };

    private async Task ImportAsync(CellPart.Directive directive)
    {
        foreach (var (name, code) in session.Directives.Import(directive))
        {
            if (!importing.Add(name))
                throw new DirectiveException($"{directive.Name}: '{directive.Argument}' imports itself.");
            foreach (var part in CellParser.Parse(code))
                await RunAsync(part, name, showsValue: false);
            importing.Remove(name);
        }
    }

    /// <summary>Documentation of a name, in the front-end's pager.</summary>
    private async Task HelpAsync(CellPart.Directive directive)
    {
        var about = await session.Language.InspectAsync(directive.Argument, directive.Argument.Length, interrupt)
            ?? throw new DirectiveException($"Line {directive.Line}: nothing is known of '{directive.Argument}'. Expected a name in reach of this cell, for example #!help Math.Max.");
        output.Page(about);
    }
}
