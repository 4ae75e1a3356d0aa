using System.Text.RegularExpressions;
using Course.Kernel.Directives;

namespace Course.Kernel.Language;

/// <summary>
/// Completes the names, packages and files of directives, which Roslyn does not know. All of them are looked up on this machine.
/// </summary>
internal sealed partial class DirectiveCompletion(string workingDirectory)
{
    private const int Maximum = 100;

    private static readonly Completion Scheme = new(PackageRequest.Scheme, "keyword");

    private readonly Lazy<string[]> packages = new(() =>
        [.. KnownPackages().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);

    /// <summary>Completes the directive at a position.</summary>
    /// <returns>The completions; null if the position is not in a directive.</returns>
    public Completions? Complete(string code, int position)
    {
        var line = code[(code.AsSpan(0, position).LastIndexOf('\n') + 1)..position];
        if (Name().Match(line) is { Success: true } name)
            return Fitting(name, KernelDirectives.Names.Select(n => new Completion(n, "keyword")));
        if (Package().Match(line) is { Success: true } package)
            return Fitting(package, packages.Value.Select(id => new Completion(id, "package")));
        return Reference().Match(line) is { Success: true } reference ? Fitting(reference, Arguments(reference)) : null;

        Completions Fitting(Match match, IEnumerable<Completion> all)
        {
            var typed = match.Groups["typed"].Value;
            var fit = all.Where(c => c.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
            return new(position - typed.Length, position, [.. fit.Take(Maximum)]);
        }
    }

    private IEnumerable<Completion> Arguments(Match reference)
    {
        var folder = reference.Groups["folder"].Value;
        return reference.Groups["name"].Value switch
        {
            "i" => [Scheme],
            "r" => folder.Length == 0 ? Files(folder, ".dll").Prepend(Scheme) : Files(folder, ".dll"),
            _ => Files(folder, ".cs", ".csx", ".ipynb"),
        };
    }

    /// <summary>Returns the subfolders, and the files with these extensions.</summary>
    private IEnumerable<Completion> Files(string folder, params string[] kinds)
    {
        var directory = new DirectoryInfo(Path.GetFullPath(folder, workingDirectory));
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        return !directory.Exists ? [] : directory.EnumerateDirectories("*", options).Select(d => new Completion(d.Name + "/", "folder"))
            .Concat(
                directory.EnumerateFiles("*", options).Where(f => kinds.Contains(f.Extension)).Select(f => new Completion(f.Name, "file")))
            .OrderBy(c => c.Text, StringComparer.Ordinal);
    }

    /// <summary>Returns the packages of this process and of NuGet's cache on this machine.</summary>
    private static IEnumerable<string> KnownPackages()
    {
        var cache = new DirectoryInfo(Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"));
        return new ProcessPackages().Ids.Concat(cache.Exists ? cache.EnumerateDirectories().Select(d => d.Name) : []);
    }

    [GeneratedRegex(@"^\s*(?<typed>#[!a-zA-Z]*)$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s*#r\s+""nuget:\s*(?<typed>[\w.\-]*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Package();

    [GeneratedRegex(@"^\s*#(?<name>r|i|load|!import)\s+""?(?<folder>([^""]*/)?)(?<typed>[^""/]*)$")]
    private static partial Regex Reference();
}
