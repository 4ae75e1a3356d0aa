using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Course.Inference.Charts;

/// <summary>
/// Keeps a process to a single FSharp.Core. A host may bring an older version than Plotly.NET asks for, as .NET Interactive 1.0.712001 does
/// (10.0.0.0 for 10.1.0.0), and would load a second copy beside it. Every call that passes F# values from one copy to the other then fails
/// with a missing method.
/// </summary>
internal static class LoadedFSharp
{
    private const string Name = "FSharp.Core";

#pragma warning disable CA2255 // A module initializer in a library: Plotly.NET is bound with its first chart, so later is too late.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register() => AssemblyLoadContext.Default.Resolving += (context, requested) => Resolve(context, requested);

    /// <summary>
    /// The FSharp.Core that is loaded in the context, whatever its version; null if there is none, or if another assembly is requested.
    /// </summary>
    internal static Assembly? Resolve(AssemblyLoadContext context, AssemblyName requested) =>
        requested.Name == Name ? context.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == Name) : null;
}
