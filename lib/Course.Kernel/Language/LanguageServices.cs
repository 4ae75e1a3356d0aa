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

    internal LanguageServices(Session session) => workspace = new(() => new SubmissionWorkspace(session));

    /// <summary>What could stand at the position, given what is typed before it.</summary>
    public async Task<Completions> CompleteAsync(string code, int position, CancellationToken cancel)
    {
        var document = await OpenAsync(code, cancel);
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, position, cancellationToken: cancel);
        var start = list.ItemsList.Count > 0 ? Math.Min(list.Span.Start, position) : position;
        var prefix = code[start..position];
        var items = list.ItemsList.Where(i => i.DisplayText.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(i => new Completion(i.DisplayText, i.Tags.FirstOrDefault("").ToLowerInvariant()))
            .DistinctBy(i => i.Text).OrderBy(i => i.Text, StringComparer.Ordinal);
        return new(start, position, [.. items]);
    }

    /// <summary>Signature and documentation of what stands at the position; inside an argument list, of the method called. Null if there is nothing.</summary>
    public async Task<MimeBundle?> InspectAsync(string code, int position, CancellationToken cancel)
    {
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
            if (place >= 0 && root.FindToken(place) is var token && token.Span.Contains(place) && !token.IsKind(SyntaxKind.NumericLiteralToken))
                yield return place;
        }
        foreach (var call in root.FindToken(Math.Max(0, position - 1)).Parent?.AncestorsAndSelf().OfType<InvocationExpressionSyntax>() ?? [])
            yield return call.Expression.Span.End - 1;
    }
}
