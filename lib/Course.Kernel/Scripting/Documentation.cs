using Microsoft.CodeAnalysis;

namespace Course.Kernel.Scripting;

/// <summary>Finds the XML documentation of an assembly: beside it or, for .NET itself, in the SDK's reference packs.</summary>
internal static class Documentation
{
    public static DocumentationProvider Of(string assembly)
    {
        var beside = Path.ChangeExtension(assembly, ".xml");
        return File.Exists(beside) ? XmlDocumentationProvider.CreateFromFile(beside)
            : ProcessAssemblies.IsFramework(assembly) ? FrameworkDocumentation.Instance
            : DocumentationProvider.Default;
    }
}
