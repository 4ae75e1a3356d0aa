using System.Text.RegularExpressions;

namespace Course.Kernel.Directives;

/// <param name="Id">As NuGet spells it; case does not matter.</param>
/// <param name="Version">Exact, or a NuGet range; <c>*</c> where the cell leaves it open.</param>
internal sealed partial record PackageRequest(string Id, string Version)
{
    public const string Scheme = "nuget:";

    /// <param name="argument"><c>nuget: Id</c> or <c>nuget: Id, Version</c>.</param>
    /// <exception cref="DirectiveException">It is neither.</exception>
    public static PackageRequest Parse(string argument)
    {
        var parts = argument[Scheme.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        // Both end up in a project file and a path: nothing but what NuGet itself allows.
        if (!Identifier().IsMatch(parts[0]) || parts.Length == 2 && !VersionRange().IsMatch(parts[1]))
            throw new DirectiveException(
                $"'{argument}' names no package. Expected #r \"nuget: Id, 1.2.3\", for example #r \"nuget: Plotly.NET, 6.0.0\".");
        return new(parts[0], parts.Length == 2 ? parts[1] : "*");
    }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[0-9A-Za-z.*+\-\[\](), ]{1,100}$")]
    private static partial Regex VersionRange();
}
