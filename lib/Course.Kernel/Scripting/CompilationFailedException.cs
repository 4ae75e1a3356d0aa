using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Scripting;

/// <summary>A cell that is not C#, with what the compiler says.</summary>
internal sealed class CompilationFailedException(ImmutableArray<Diagnostic> errors) : Exception
{
    public ImmutableArray<Diagnostic> Errors { get; } = errors;

    public static CompilationFailedException TooDeep(SyntaxTree tree, int depth) => Of(tree, default, "CS8078", string.Create(
        CultureInfo.InvariantCulture, $"The code nests more than {depth} levels deep, which is too complex to compile. Split it."));

    /// <summary>An error that the compiler would report, were the code handed to it.</summary>
    public static CompilationFailedException Of(SyntaxTree tree, TextSpan where, string id, string message) => new(
    [
        Diagnostic.Create(
            id, "Compiler", message, DiagnosticSeverity.Error, DiagnosticSeverity.Error, true, warningLevel: 0,
            location: Location.Create(tree, where)),
    ]);
}
