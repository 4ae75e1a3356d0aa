using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Course.TakeHome.Grading.Running;

/// <summary>
/// What a candidate's compiled code reaches for, read from its metadata without loading it. Checks run in one process with the code that
/// they check, so code that reaches reflection, unmanaged memory, files, processes or the machinery of checking is reported and not run:
/// then no statement of it can change a verdict. Exercises need arithmetic, collections and their contracts.
/// </summary>
internal static class CodePolicy
{
    private static readonly ImmutableHashSet<string> Namespaces =
    [
        "System", "System.Collections", "System.Collections.Concurrent", "System.Collections.Frozen", "System.Collections.Generic",
        "System.Collections.Immutable", "System.Collections.ObjectModel", "System.Diagnostics", "System.Diagnostics.CodeAnalysis", "System.Globalization", "System.Linq", "System.Numerics",
        "System.Runtime.CompilerServices", "System.Runtime.Versioning", "System.Text", "System.Text.RegularExpressions", "System.Threading", "System.Threading.Tasks",
        "Course.TakeHome.Contracts", "Microsoft.CodeAnalysis",
    ];

    private static readonly ImmutableHashSet<string> Types =
    [
        "System.Activator", "System.AppContext", "System.AppDomain", "System.ModuleHandle", "System.RuntimeMethodHandle", "System.TypedReference", "System.ArgIterator",
        "System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "System.Diagnostics.StackFrame", "System.Diagnostics.StackTrace",
        "System.Diagnostics.Debugger", "System.Runtime.CompilerServices.UnsafeAccessorAttribute", "System.Runtime.CompilerServices.UnsafeAccessorTypeAttribute",
        "System.Runtime.CompilerServices.ModuleInitializerAttribute",
        "System.Runtime.CompilerServices.IgnoresAccessChecksToAttribute", "System.Runtime.CompilerServices.CallSite", "System.Runtime.CompilerServices.CallSite`1",
        "Course.TakeHome.Contracts.Check", "Course.TakeHome.Contracts.CheckRunner", "Course.TakeHome.Contracts.CheckOutcome", "Course.TakeHome.Contracts.CheckSuite", "Course.TakeHome.Contracts.CheckSuite`1",
        "Course.TakeHome.Contracts.CheckHost", "Course.TakeHome.Contracts.CheckReport", "Course.TakeHome.Contracts.FolderCheck", "Course.TakeHome.Contracts.DeskCommand", "Course.TakeHome.Contracts.TakeHomeFolder",
        "Course.TakeHome.Contracts.NotebookCheck", "Course.TakeHome.Contracts.HandInArchive", "Course.TakeHome.Contracts.FolderManifest", "Course.TakeHome.Contracts.FolderLog",
    ];

    // Members of types that are harmless otherwise.
    private static readonly ImmutableDictionary<string, ImmutableHashSet<string>> Only = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty
        .Add("System.Console", ["Write", "WriteLine"])
        .Add("System.Environment", ["get_NewLine", "get_ProcessorCount", "get_TickCount64", "get_CurrentManagedThreadId"])
        .Add("System.GC", ["SuppressFinalize", "KeepAlive"])
        .Add("System.RuntimeTypeHandle", [])
        .Add("System.RuntimeFieldHandle", [])
        .Add("System.Reflection.MemberInfo", ["get_Name"]) // what typeof(T).Name calls
        .Add("System.Type", ["get_Name", "get_FullName", "GetTypeFromHandle", "op_Equality", "op_Inequality"])
        .Add("System.Delegate", ["Combine", "Remove", "op_Equality", "op_Inequality"])
        .Add("System.Runtime.CompilerServices.RuntimeHelpers", ["InitializeArray", "CreateSpan", "GetSubArray", "EnsureSufficientExecutionStack", "GetHashCode"]);

    private static readonly ImmutableHashSet<string> Members = ["get_Method", "DynamicInvoke", "MemoryCopy", "LoadUnsafe", "StoreUnsafe", "get_TargetSite"];

    // The compiler writes these by itself, and none gives more than it says (of MemberInfo, its name).
    private static readonly ImmutableHashSet<string> Marks =
    [
        "System.Reflection.DefaultMemberAttribute", "System.Reflection.MemberInfo", "System.Runtime.InteropServices.InAttribute", "System.Runtime.InteropServices.CollectionsMarshal", "System.Runtime.InteropServices.ImmutableCollectionsMarshal",
    ];

    // These, too, for spans of arguments, but in a class of its own that no source can name.
    private static readonly ImmutableHashSet<string> CompilersOnly = ["System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal"];
    private const string CompilersClass = "<PrivateImplementationDetails>";

    /// <summary>What it reaches for and may not, by full name; empty where it may be run.</summary>
    /// <exception cref="BadImageFormatException">The bytes are no assembly.</exception>
    public static IReadOnlyList<string> Objections(byte[] assembly)
    {
        using var image = new PEReader(ImmutableArray.Create(assembly));
        var metadata = image.GetMetadataReader();
        return [.. Referenced(metadata).Concat(Defined(metadata)).Concat(Called(image, metadata)).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Referenced(MetadataReader metadata)
    {
        foreach (var handle in metadata.TypeReferences)
            if (Name(metadata, handle) is var type && !Marks.Contains(type) && !CompilersOnly.Contains(type) && (Types.Contains(Outer(type)) || !Namespaces.Contains(Namespace(metadata, handle))))
                yield return type;
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            var (type, name) = (Parent(metadata, member.Parent), metadata.GetString(member.Name));
            if (Members.Contains(name) || (type is not null && Only.TryGetValue(type, out var allowed) && !allowed.Contains(name)))
                yield return $"{type}.{name}";
        }
    }

    private static IEnumerable<string> Defined(MetadataReader metadata)
    {
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
            if ((method.Attributes & MethodAttributes.PinvokeImpl) != 0 || (method.ImplAttributes & (MethodImplAttributes.InternalCall | MethodImplAttributes.Native | MethodImplAttributes.Unmanaged)) != 0)
                yield return $"native code ({metadata.GetString(method.Name)})";
        foreach (var type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
            if ((type.Attributes & TypeAttributes.LayoutMask) == TypeAttributes.ExplicitLayout && type.GetFields().Count > 0)
                yield return $"explicit layout ({metadata.GetString(type.Name)})"; // two references in one place are a pointer
    }

    /// <summary>Calls of the compiler's own helpers from elsewhere. A token is looked for at any byte, so none is missed.</summary>
    private static IEnumerable<string> Called(PEReader image, MetadataReader metadata)
    {
        var members = metadata.MemberReferences.Where(handle => Parent(metadata, metadata.GetMemberReference(handle).Parent) is { } type && CompilersOnly.Contains(type)).ToHashSet();
        var tokens = members.Select(handle => MetadataTokens.GetToken(handle)).Concat(Enumerable.Range(1, metadata.GetTableRowCount(TableIndex.MethodSpec))
            .Select(MetadataTokens.MethodSpecificationHandle)
            .Where(handle => metadata.GetMethodSpecification(handle).Method is { Kind: HandleKind.MemberReference } method && members.Contains((MemberReferenceHandle)method))
            .Select(handle => MetadataTokens.GetToken(handle))).Select(BitConverter.GetBytes).ToArray();
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
            if (method.RelativeVirtualAddress != 0 && metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name) != CompilersClass
                && image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() is { } code && tokens.Any(token => code.AsSpan().IndexOf(token) >= 0))
                yield return $"unmanaged memory ({metadata.GetString(method.Name)})";
    }

    private static string? Parent(MetadataReader metadata, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => Name(metadata, (TypeReferenceHandle)parent),
        _ => null, // a generic type's; its open form stands among the type references
    };

    private static string Outer(string type) => type.Split('+')[0];

    private static string Namespace(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? Namespace(metadata, (TypeReferenceHandle)type.ResolutionScope) : metadata.GetString(type.Namespace);
    }

    private static string Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? $"{Name(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}" : $"{metadata.GetString(type.Namespace)}.{name}";
    }
}
