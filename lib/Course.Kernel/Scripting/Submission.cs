using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Kernel.Scripting;

/// <summary>A compiled and loaded piece of a cell.</summary>
/// <param name="Compilation">The compilation that the next submission continues.</param>
/// <param name="Entry">Starts it on the session's states; null if there is no code besides using directives.</param>
/// <param name="Warnings">The warnings of the compiler.</param>
/// <param name="HasValue">Whether it ends in an expression with a value. Slow, because it asks the compiler; call it only if
/// the value is null.</param>
internal sealed record Submission(
    CSharpCompilation Compilation, Func<object?[], Task<object?>>? Entry, ImmutableArray<Diagnostic> Warnings, Func<bool> HasValue)
{
    public static Func<object?[], Task<object?>> Bind(Assembly assembly, string typeName, string methodName) =>
        assembly.GetType(typeName, throwOnError: true)!
            .GetMethod(methodName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
}
