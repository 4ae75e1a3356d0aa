using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Scripting;

/// <summary>A cell that is not C#, with what the compiler says.</summary>
internal sealed class CompilationFailedException(ImmutableArray<Diagnostic> errors) : Exception
{
    public ImmutableArray<Diagnostic> Errors { get; } = errors;
}
