using System.Text.RegularExpressions;

namespace Course.Kernel.Directives;

/// <summary>A NuGet package that a cell asks for.</summary>
/// <param name="Id">The package id; case does not matter.</param>
/// <param name="Version">An exact version or a NuGet version range; <c>*</c> if the cell names none.</param>
internal sealed partial record PackageRequest(string Id, string Version)
{
    public const string Scheme = "nuget:";

    /// <summary>Parses the argument of <c>#r</c>.</summary>
    /// <param name="argument"><c>nuget: Id</c> or <c>nuget: Id, Version</c>.</param>
    /// <exception cref="DirectiveException">The argument has neither form.</exception>
    public static PackageRequest Parse(string argument)
    {
        var parts = argument[Scheme.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        // Both become part of a project file and of a path, so only characters that NuGet itself allows are accepted.
        if (!Identifier().IsMatch(parts[0]) || parts.Length == 2 && !VersionRange().IsMatch(parts[1]))
            throw new DirectiveException(
                $"'{argument}' does not name a package. Expected #r \"nuget: Id, 1.2.3\", for example #r \"nuget: Plotly.NET, 6.0.0\".");
        return new(parts[0], parts.Length == 2 ? parts[1] : "*");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[0-9A-Za-z.*+\-\[\](), ]{1,100}$")]
    private static partial Regex VersionRange();
}
