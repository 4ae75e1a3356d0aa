using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Course.Inference.Charts;

/// <summary>
/// One FSharp.Core in a process. A host may bring an older one than Plotly.NET asks for, as .NET Interactive 1.0.712001 does (10.0.0.0
/// for 10.1.0.0), and would load a second beside it: every call that hands F# values from one copy to the other then fails with a missing
/// method.
/// </summary>
internal static class LoadedFSharp
{
    private const string Name = "FSharp.Core";

#pragma warning disable CA2255 // A library's module initializer: Plotly.NET is bound with its first chart, and no later moment is ours.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void AnswerFirst() => AssemblyLoadContext.Default.Resolving += (context, wanted) => Answer(context, wanted);

    /// <summary>The context's own copy, whatever its version; null where it has none, or where another assembly is wanted.</summary>
    internal static Assembly? Answer(AssemblyLoadContext context, AssemblyName wanted) =>
        wanted.Name == Name ? context.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == Name) : null;
}
