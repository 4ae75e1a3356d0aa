namespace Course.TakeHome.Folder;

/// <summary>The files of a candidate's folder that belong to no exercise, from Template/.</summary>
internal static class TemplateFiles
{
    private const string Prefix = "Template/";

    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        .. typeof(TemplateFiles).Assembly.GetManifestResourceNames()
            .Select(resource => (Resource: resource, Name: resource.Replace('\\', '/')))
            .Where(file => file.Name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(file => (file.Name[Prefix.Length..], Text(file.Resource))),
    ];

    private static string Text(string resource)
    {
        using var reader = new StreamReader(typeof(TemplateFiles).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
