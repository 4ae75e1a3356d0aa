using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Scripting;

/// <summary>A cell does not compile. Carries the errors of the compiler.</summary>
internal sealed class CompilationFailedException(ImmutableArray<Diagnostic> errors) : Exception
{
    public ImmutableArray<Diagnostic> Errors { get; } = errors;

    public static CompilationFailedException TooDeep(SyntaxTree tree, int depth) => Of(tree, default, "CS8078", string.Create(
        CultureInfo.InvariantCulture, $"The code nests more than {depth} levels deep, which is too complex to compile. Split it."));

    /// <summary>Creates an error in the form in which the compiler would report it.</summary>
    public static CompilationFailedException Of(SyntaxTree tree, TextSpan where, string id, string message) => new(
    [
        Diagnostic.Create(
            id, "Compiler", message, DiagnosticSeverity.Error, DiagnosticSeverity.Error, true, warningLevel: 0,
            location: Location.Create(tree, where)),
    ]);
}
