using System.Reflection;

namespace Course.Site.Assets;

/// <summary>The files that all pages share: style sheet, script, and plotly.js, which is embedded in the assembly of Plotly.NET.</summary>
public static class SiteAssets
{
    public const string Folder = "assets";

    public static void WriteTo(string site)
    {
        var folder = Directory.CreateDirectory(Path.Combine(site, Folder)).FullName;
        var own = typeof(SiteAssets).Assembly;
        Copy(own, "site.css", Path.Combine(folder, "site.css"));
        Copy(own, "site.js", Path.Combine(folder, "site.js"));

        var plotly = Assembly.Load("Plotly.NET");
        Copy(plotly, ".min.js", Path.Combine(folder, "plotly.min.js"));
        Copy(plotly, "LICENSE.txt", Path.Combine(folder, "plotly.LICENSE.txt"));
    }

    private static void Copy(Assembly assembly, string ending, string path)
    {
        var name = assembly.GetManifestResourceNames().SingleOrDefault(name => name.EndsWith(ending, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} has no embedded resource *{ending}.");
        using var resource = assembly.GetManifestResourceStream(name)!;
        using var file = File.Create(path);
        resource.CopyTo(file);
    }
}
