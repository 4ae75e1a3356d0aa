using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Course.Kernel.Scripting;

/// <summary>
/// Reads and changes the image of an assembly for the compiler only; the loaded file is unchanged. Source: ECMA-335, part II.
/// </summary>
internal static class AssemblyImage
{
    /// <summary>The names of the assemblies that an assembly references; empty if the file is not an assembly.</summary>
    public static IReadOnlyList<string> ReferencesOf(string path)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(path));
            return image.HasMetadata ? [.. References(image.GetMetadataReader()).Select(reference => reference.Name)] : [];
        }
        catch (BadImageFormatException)
        {
            return [];
        }
    }

    /// <summary>
    /// Returns the image of an assembly without some of its references: those that are not kept get a name that no assembly has.
    /// </summary>
    public static ImmutableArray<byte> KeepReferences(string path, Func<string, bool> keep)
    {
        using var image = new PEReader(File.OpenRead(path));
        var bytes = image.GetEntireImage().GetContent().ToArray();
        var metadata = image.GetMetadataReader();
        var nobody = MetadataTokens.GetHeapOffset(metadata.GetTypeDefinition(MetadataTokens.TypeDefinitionHandle(1)).Name); // <Module>
        foreach (var (name, row) in References(metadata).Where(reference => !keep(reference.Name)))
            WriteName(bytes.AsSpan(RowAt(image, TableIndex.AssemblyRef, row)), metadata, nobody);
        return ImmutableArray.Create(bytes);
    }

    private static IEnumerable<(string Name, int Row)> References(MetadataReader metadata) => metadata.AssemblyReferences
        .Select(handle => (metadata.GetString(metadata.GetAssemblyReference(handle).Name), metadata.GetRowNumber(handle)));

    // ECMA-335, II.22.5: the version (four numbers) and 32 flags come first, then the heap offset of the key, then that of the name.
    private static void WriteName(Span<byte> row, MetadataReader metadata, int offset)
    {
        var at = 12 + (IsWide(metadata, HeapIndex.Blob) ? 4 : 2);
        if (IsWide(metadata, HeapIndex.String))
            BinaryPrimitives.WriteInt32LittleEndian(row[at..], offset);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(row[at..], (ushort)offset);
    }

    private static bool IsWide(MetadataReader metadata, HeapIndex heap) => metadata.GetHeapSize(heap) > ushort.MaxValue;

    /// <summary>The file offset of a row of a metadata table. Rows are numbered from 1.</summary>
    public static int RowAt(PEReader image, TableIndex table, int row)
    {
        var metadata = image.GetMetadataReader();
        return image.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(table) + ((row - 1) * metadata.GetTableRowSize(table));
    }
}
