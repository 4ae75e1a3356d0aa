using Mono.Cecil;

namespace Course.Kernel.Scripting;

/// <summary>Lets the IL rewriter read the assemblies that cells reference.</summary>
internal sealed class ReferenceResolver(References references) : BaseAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> read = [];

    public override AssemblyDefinition Resolve(AssemblyNameReference name)
    {
        if (read.TryGetValue(name.Name, out var known))
            return known;
        return references.Find(name.Name) is { } path
            ? read[name.Name] = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this })
            : throw new AssemblyResolutionException(name);
    }
}
