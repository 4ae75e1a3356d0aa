using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Course.Kernel.Scripting;

/// <summary>
/// The public types that this kernel offers to cells, such as <c>Microsoft.DotNet.Interactive.Kernel</c>. A package made for .NET
/// Interactive brings an assembly with types of the same names, and a cell that sees two types of one name does not compile (CS0433). So
/// the compiler gets metadata of that assembly in which these types are internal. Its other types stay usable, and the unchanged file is
/// loaded.
/// </summary>
internal static class KernelTypes
{
    private static readonly FrozenSet<string> Names =
        typeof(KernelTypes).Assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.FullName!)
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Returns the image with types of the kernel's names made internal; null if there are none, or if the file is not an assembly.
    /// </summary>
    public static ImmutableArray<byte>? Hide(string path)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            return image.HasMetadata && Clashing(image.GetMetadataReader()) is { Length: > 0 } rows ? Hide(image, rows) : null;
        }
        catch (BadImageFormatException)
        {
            return null; // the compiler reports this better
        }
    }

    private static int[] Clashing(MetadataReader metadata) =>
    [
        .. from handle in metadata.TypeDefinitions
           let type = metadata.GetTypeDefinition(handle)
           where (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public && Names.Contains(FullName(metadata, type))
           select metadata.GetRowNumber(handle),
    ];

    private static string FullName(MetadataReader metadata, TypeDefinition type) =>
        type.Namespace.IsNil ? metadata.GetString(type.Name) : $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";

    // A row of the TypeDef table begins with 32 bits of flags, and the lowest three are the visibility (ECMA-335, II.22.37, II.23.1.15).
    private static ImmutableArray<byte> Hide(PEReader image, IEnumerable<int> rows)
    {
        var bytes = image.GetEntireImage().GetContent().ToArray();
        foreach (var row in rows)
            bytes[AssemblyImage.RowAt(image, TableIndex.TypeDef, row)] &= unchecked((byte)~TypeAttributes.VisibilityMask);
        return ImmutableArray.Create(bytes);
    }
}
