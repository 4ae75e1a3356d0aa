using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Kernel.Scripting;

/// <summary>A compiled and loaded piece of a cell.</summary>
/// <param name="Compilation">Which the next submission continues.</param>
/// <param name="Entry">Starts it on the session's states; null where there is only a using directive or nothing at all.</param>
/// <param name="Warnings">What the compiler would rather see otherwise.</param>
/// <param name="HasValue">Whether it ends in an expression with a value. Asks the compiler, so ask it only where the value is null.</param>
internal sealed record Submission(
    CSharpCompilation Compilation, Func<object?[], Task<object?>>? Entry, ImmutableArray<Diagnostic> Warnings, Func<bool> HasValue)
{
    public static Func<object?[], Task<object?>> Bind(Assembly assembly, string typeName, string methodName) =>
        assembly.GetType(typeName, throwOnError: true)!
            .GetMethod(methodName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
}
