using System.Xml;
using System.Xml.Linq;

namespace Course.TakeHome.Contracts;

/// <summary>Checks the references of a folder's project: grading compiles answers with .NET and the contracts alone.</summary>
internal static class FolderProject
{
    private const string Project = "TakeHome.csproj";

    private static readonly string[] Referring = ["PackageReference", "ProjectReference", "Reference"];

    /// <summary>An error for each reference that grading does not have, in the compiler's format.</summary>
    public static IReadOnlyList<string> ForeignReferences(TakeHomeFolder folder)
    {
        try
        {
            var project = XDocument.Load(Path.Combine(folder.Root, Project), LoadOptions.SetLineInfo);
            return [.. project.Descendants().Where(IsForeign).Select(Told)];
        }
        catch (Exception e) when (e is XmlException or IOException)
        {
            return []; // the build reports what is wrong with the project
        }
    }

    private static bool IsForeign(XElement element) => Referring.Contains(element.Name.LocalName)
        && Path.GetFileName(Included(element)) != Path.GetFileName(typeof(FolderProject).Assembly.Location);

    private static string Told(XElement element) =>
        $"{Project}({((IXmlLineInfo)element).LineNumber}): error: {element.Name.LocalName} {Included(element)}: grading compiles answers "
        + "with .NET and the contracts alone. Write what you need yourself, and remove this line.";

    private static string Included(XElement element) => ((string?)element.Attribute("Include") ?? "").Replace('\\', '/');
}
