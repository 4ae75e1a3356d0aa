using Course.Kernel.Execution;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;

namespace Course.Kernel.Language;

/// <summary>Completion and inspection of code that is being typed. Positions are offsets in UTF-16 code units.</summary>
public sealed class LanguageServices : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1);
    private readonly Lazy<SubmissionWorkspace> workspace;

    private readonly DirectiveCompletion directives;
    private readonly CompletionOrder order;

    internal LanguageServices(Session session)
    {
        workspace = new(() => new SubmissionWorkspace(session));
        directives = new DirectiveCompletion(session.Options.WorkingDirectory);
        order = new CompletionOrder(session);
    }

    /// <summary>Loads the services, which would take longer than front-ends wait for the first answer.</summary>
    public async Task WarmUpAsync(CancellationToken cancel)
    {
        await CompleteAsync("Math.", "Math.".Length, cancel);
        await CompleteAsync("", 0, cancel);
    }

    /// <summary>Returns the completions at a position, given the text before it.</summary>
    public async Task<Completions> CompleteAsync(string code, int position, CancellationToken cancel)
    {
        if (directives.Complete(code, position) is { } directive)
            return directive;
        if (!IsShallow(code))
            return new(position, position, []);
        if (WithExpressions.Start(code, position) is >= 0 and var copied)
        {
            var length = WithExpressions.Target.Length;
            var found = await CompleteCodeAsync(code.Insert(copied, WithExpressions.Target), position + length, cancel);
            return new(found.Start - length, found.End - length, found.Items);
        }
        return await CompleteCodeAsync(code, position, cancel);
    }

    /// <summary>
    /// Returns the signature and documentation of the symbol at a position or, inside an argument list, of the called
    /// method; null if there is none.
    /// </summary>
    public async Task<MimeBundle?> InspectAsync(string code, int position, CancellationToken cancel)
    {
        if (!IsShallow(code))
            return null;
        var document = await OpenAsync(code, cancel);
        var service = QuickInfoService.GetService(document)!;
        foreach (var candidate in CandidatePositions((await document.GetSyntaxRootAsync(cancel))!, position))
            if (await service.GetQuickInfoAsync(document, candidate, cancel) is { Sections.Length: > 0 } info)
                return InspectionText.Of(info);
        return null;
    }

    public void Dispose()
    {
        if (workspace.IsValueCreated)
            workspace.Value.Dispose();
        oneAtATime.Dispose();
    }

    private async Task<Completions> CompleteCodeAsync(string code, int position, CancellationToken cancel)
    {
        var document = await OpenAsync(code, cancel);
        var list = await CompletionService.GetService(document)!.GetCompletionsAsync(document, position, cancellationToken: cancel);
        var start = list.ItemsList.Count > 0 ? Math.Min(list.Span.Start, position) : position;
        var prefix = code[start..position];
        var fitting = list.ItemsList.Where(i => i.DisplayText.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return new(start, position, order.Sort(fitting, (await document.GetSyntaxRootAsync(cancel))!));
    }

    /// <summary>Whether the nesting of the code is shallow enough for the stack of the services.</summary>
    private static bool IsShallow(string code)
    {
        try
        {
            ScriptCompiler.Parse(code, "", Nesting.WhileTyping);
            return true;
        }
        catch (CompilationFailedException)
        {
            return false;
        }
    }

    private async Task<Document> OpenAsync(string code, CancellationToken cancel)
    {
        await oneAtATime.WaitAsync(cancel);
        try
        {
            return workspace.Value.Open(code);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    /// <summary>The positions to inspect, in order: the cursor may be on a name, just after it, or in the parentheses after it.</summary>
    private static IEnumerable<int> CandidatePositions(SyntaxNode root, int position)
    {
        foreach (var candidate in new[] { position, position - 1 })
            if (candidate >= 0 && root.FindToken(candidate) is var token && token.Span.Contains(candidate)
                && !token.IsKind(SyntaxKind.NumericLiteralToken))
                yield return candidate;
        var around = root.FindToken(Math.Max(0, position - 1)).Parent?.AncestorsAndSelf();
        foreach (var call in around?.OfType<InvocationExpressionSyntax>() ?? [])
            yield return call.Expression.Span.End - 1;
    }
}
