using Course.Kernel.Execution;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.QuickInfo;

namespace Course.Kernel.Language;

/// <summary>Answers about code that is being typed. One question at a time; positions are UTF-16 offsets.</summary>
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

    /// <summary>Loads what the first question needs, which takes longer than front-ends wait for an answer.</summary>
    public async Task WarmUpAsync(CancellationToken cancel)
    {
        await CompleteAsync("Math.", "Math.".Length, cancel);
        await CompleteAsync("", 0, cancel);
    }

    /// <summary>What could stand at the position, given what is typed before it.</summary>
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
    /// Signature and documentation of what stands at the position; inside an argument list, of the method called. Null if there is nothing.
    /// </summary>
    public async Task<MimeBundle?> InspectAsync(string code, int position, CancellationToken cancel)
    {
        if (!IsShallow(code))
            return null;
        var document = await OpenAsync(code, cancel);
        var service = QuickInfoService.GetService(document)!;
        foreach (var place in Places((await document.GetSyntaxRootAsync(cancel))!, position))
        {
            if (await service.GetQuickInfoAsync(document, place, cancel) is { Sections.Length: > 0 } info)
                return InspectionText.Of(info);
        }
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

    /// <summary>Whether the services can walk the code on the stack they have.</summary>
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

    /// <summary>The cursor stands behind a name as often as on it, or in the parentheses after it.</summary>
    private static IEnumerable<int> Places(SyntaxNode root, int position)
    {
        foreach (var place in new[] { position, position - 1 })
        {
            if (place >= 0 && root.FindToken(place) is var token && token.Span.Contains(place)
                && !token.IsKind(SyntaxKind.NumericLiteralToken))
                yield return place;
        }
        var around = root.FindToken(Math.Max(0, position - 1)).Parent?.AncestorsAndSelf();
        foreach (var call in around?.OfType<InvocationExpressionSyntax>() ?? [])
            yield return call.Expression.Span.End - 1;
    }
}
