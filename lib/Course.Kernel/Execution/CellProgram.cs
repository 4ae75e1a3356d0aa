using System.Diagnostics;
using System.Globalization;
using Course.Kernel.Directives;
using Course.Kernel.Formatting;
using Course.Kernel.Scripting;
using Microsoft.DotNet.Interactive;

namespace Course.Kernel.Execution;

/// <summary>Runs the parts of a cell: directives, code and imported files. Then shows its value.</summary>
internal sealed class CellProgram(Session session, ICellOutput output, CancellationToken interrupt)
{
    private readonly HashSet<string> importing = [];

    public async Task RunAsync(string code, string name)
    {
        var clock = Stopwatch.StartNew();
        var parts = CellParser.Parse(code);
        foreach (var part in parts)
            await RunAsync(part, name, new CompileErrors(name), showsValue: ReferenceEquals(part, parts[^1]));
        if (parts.Any(p => p is CellPart.Directive { Name: "#!time" }))
            output.Display(
                Formatter.Format(string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds:0.###} ms")),
                Guid.NewGuid().ToString("N"));
    }

    private Task RunAsync(CellPart part, string name, CompileErrors compiler, bool showsValue) => part switch
    {
        CellPart.Code code => RunCodeAsync(code.Text, name, compiler, showsValue),
        CellPart.Directive directive => RunDirectiveAsync(directive, compiler),
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "Unknown part of a cell."),
    };

    private async Task RunCodeAsync(string code, string name, CompileErrors compiler, bool showsValue)
    {
        var submission = session.Compile(code, name, interrupt);
        if (compiler.Warnings(submission.Warnings) is { Length: > 0 } warnings)
            output.Write(OutputStream.Error, warnings);
        var value = await session.Start(submission);
        // A DisplayedValue is on screen already.
        if (showsValue && value is not DisplayedValue && (value is not null || submission.HasValue()))
            output.ExecuteResult(Formatter.Format(value));
    }

    private Task RunDirectiveAsync(CellPart.Directive directive, CompileErrors compiler) => directive.Name switch
    {
        "#r" or "#i" => session.Directives.ReferenceAsync(directive, output, interrupt),
        "#load" or "#!import" => ImportAsync(directive, compiler),
        "#!help" => HelpAsync(directive),
        // The language is C# anyway, and the time is shown at the end.
        "#!csharp" or "#!c#" or "#!C#" or "#!time" => Task.CompletedTask,
        _ => throw new DirectiveException($"Line {directive.Line}: {KernelDirectives.Refuse(directive.Name)}"),
    };

    private async Task ImportAsync(CellPart.Directive directive, CompileErrors compiler)
    {
        foreach (var (name, code) in session.Directives.Import(directive))
        {
            if (!importing.Add(name))
                throw new DirectiveException($"{directive.Name}: '{directive.Argument}' imports itself.");
            foreach (var part in CellParser.Parse(code))
                await RunAsync(part, name, compiler, showsValue: false);
            importing.Remove(name);
        }
    }

    /// <summary>Shows the documentation of a name, or of this kernel if there is no name, in the front-end's pager.</summary>
    private async Task HelpAsync(CellPart.Directive directive)
    {
        var about = directive.Argument.Length == 0
            ? MimeBundle.Of((MimeBundle.PlainText, KernelDirectives.Help))
            : await session.Language.InspectAsync(directive.Argument, directive.Argument.Length, interrupt);
        output.Page(about ?? throw new DirectiveException(
            $"Line {directive.Line}: no documentation found for '{directive.Argument}'. "
            + "Expected a name that is in scope, for example #!help Math.Max."));
    }
}
