using System.Net;
using System.Text;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Course.Site;

/// <summary>
/// Highlights C# code with the compiler's own classification. The cells of a notebook are classified together, so a type declared in one
/// cell is recognised in the next. The CSS classes are single letters.
/// </summary>
public static class CSharpHighlighter
{
    // Ends a statement that a cell leaves open, such as a trailing expression.
    private const string Separator = "\n;\n";

    /// <summary>The assemblies of this program. A missing reference only means a missing colour.</summary>
    private static readonly Lazy<MetadataReference[]> References = new(() =>
        [.. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(path => MetadataReference.CreateFromFile(path))]);

    /// <summary>Returns one HTML fragment per cell, in order.</summary>
    public static async Task<IReadOnlyList<string>> ToHtmlAsync(
        IReadOnlyList<string> cells, CancellationToken cancellation = default)
    {
        var text = string.Join(Separator, cells);
        var classes = IsTooDeep(text) ? new char[text.Length] : await ClassifyAsync(text, cancellation);
        var fragments = new List<string>(cells.Count);
        var start = 0;
        foreach (var cell in cells)
        {
            fragments.Add(Render(cell, classes.AsSpan(start, cell.Length)));
            start += cell.Length + Separator.Length;
        }

        return fragments;
    }

    /// <summary>
    /// Whether the code nests so deeply that the stack would overflow, which would end the whole program. Such code is not highlighted.
    /// </summary>
    private static bool IsTooDeep(string text)
    {
        try
        {
            ScriptCompiler.Parse(text, "", Nesting.WhileTyping);
            return false;
        }
        catch (CompilationFailedException)
        {
            return true;
        }
    }

    /// <summary>Returns the class of every character, or '\0' for none.</summary>
    private static async Task<char[]> ClassifyAsync(string text, CancellationToken cancellation)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "notebook",
            "notebook",
            LanguageNames.CSharp,
            parseOptions: CSharpParseOptions.Default.WithKind(SourceCodeKind.Script),
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: ScriptCompiler.DefaultUsings),
            metadataReferences: References.Value));
        var document = workspace.AddDocument(DocumentInfo.Create(
            DocumentId.CreateNewId(project.Id),
            "cells",
            sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(text), VersionStamp.Default))));

        var classes = new char[text.Length];
        foreach (var span in await Classifier.GetClassifiedSpansAsync(document, new TextSpan(0, text.Length), cancellation))
        {
            if (Class(span.ClassificationType) is var letter and not '\0')
                classes.AsSpan(span.TextSpan.Start, span.TextSpan.Length).Fill(letter);
        }

        return classes;
    }

    private static char Class(string type) => type switch
    {
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => 'k',
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral => 's',
        ClassificationTypeNames.StringEscapeCharacter => 'e',
        ClassificationTypeNames.NumericLiteral => 'n',
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => 'm',
        ClassificationTypeNames.Comment => 'c',
        ClassificationTypeNames.PreprocessorKeyword or ClassificationTypeNames.PreprocessorText => 'p',
        _ when type.StartsWith("xml doc comment", StringComparison.Ordinal) => 'c',
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName
            or ClassificationTypeNames.StructName or ClassificationTypeNames.RecordStructName
            or ClassificationTypeNames.InterfaceName or ClassificationTypeNames.EnumName
            or ClassificationTypeNames.DelegateName or ClassificationTypeNames.TypeParameterName => 't',
        _ => '\0',
    };

    private static string Render(string code, ReadOnlySpan<char> classes)
    {
        var html = new StringBuilder();
        for (var start = 0; start < code.Length;)
        {
            var end = start + 1;
            while (end < code.Length && classes[end] == classes[start])
                end++;

            var text = WebUtility.HtmlEncode(code[start..end]);
            html.Append(classes[start] == '\0' ? text : $"<b class=\"{classes[start]}\">{text}</b>");
            start = end;
        }

        return html.ToString();
    }
}
