using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Course.Kernel.Scripting;

/// <summary>The file of an assembly, read and changed for the compiler's eyes alone. Source: ECMA-335, part II.</summary>
internal static class AssemblyImage
{
    /// <summary>The names of the assemblies that an assembly needs; none where it is no assembly.</summary>
    public static IReadOnlyList<string> NeedsOf(string path)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            return image.HasMetadata ? [.. Needs(image.GetMetadataReader()).Select(need => need.Name)] : [];
        }
        catch (BadImageFormatException)
        {
            return [];
        }
    }

    /// <summary>
    /// The image of an assembly that needs none but those kept: the names of the others become one that no assembly has.
    /// </summary>
    public static ImmutableArray<byte> Alone(string path, Func<string, bool> keep)
    {
        using var image = new PEReader(File.OpenRead(path));
        var bytes = image.GetEntireImage().GetContent().ToArray();
        var metadata = image.GetMetadataReader();
        var nobody = MetadataTokens.GetHeapOffset(metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(1)).Name); // <Module>
        foreach (var (name, row) in Needs(metadata).Where(need => !keep(need.Name)))
            WriteName(bytes.AsSpan(RowAt(image, TableIndex.AssemblyRef, row)), metadata, nobody);
        return ImmutableArray.Create(bytes);
    }

    private static IEnumerable<(string Name, int Row)> Needs(MetadataReader metadata) => metadata.AssemblyReferences
        .Select(handle => (metadata.GetString(metadata.GetAssemblyReference(handle).Name), metadata.GetRowNumber(handle)));

    // ECMA-335, II.22.5: four numbers of the version and 32 flags come first, then the key's place in its heap, then the name's.
    private static void WriteName(Span<byte> row, MetadataReader metadata, int offset)
    {
        var at = 12 + (IsWide(metadata, HeapIndex.Blob) ? 4 : 2);
        if (IsWide(metadata, HeapIndex.String))
            BinaryPrimitives.WriteInt32LittleEndian(row[at..], offset);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(row[at..], (ushort)offset);
    }

    private static bool IsWide(MetadataReader metadata, HeapIndex heap) => metadata.GetHeapSize(heap) > ushort.MaxValue;

    /// <summary>Where a row of a metadata table begins in the file. Rows count from 1.</summary>
    public static int RowAt(PEReader image, TableIndex table, int row)
    {
        var metadata = image.GetMetadataReader();
        return image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(table) + ((row - 1) * metadata.GetTableRowSize(table));
    }
}
