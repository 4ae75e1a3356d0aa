using System.Text.RegularExpressions;
using Course.Kernel.Directives;

namespace Course.Kernel.Language;

/// <summary>Completes directives, which are not C#: their names, packages and files. Everything is looked up on this machine.</summary>
internal sealed partial class DirectiveCompletion(string workingDirectory)
{
    private const int Most = 100;

    private readonly Lazy<string[]> packages = new(() => [.. KnownPackages().Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);

    /// <returns>Null where the cursor is in no directive.</returns>
    public Completions? Complete(string code, int position)
    {
        var line = code[(code.LastIndexOf('\n', Math.Max(0, position - 1), position) + 1)..position];
        var (typed, found) =
            Name().Match(line) is { Success: true } name ? (name.Groups["typed"].Value, Names())
            : Package().Match(line) is { Success: true } package ? (package.Groups["typed"].Value, packages.Value.Select(id => new Completion(id, "package")))
            : Reference().Match(line) is { Success: true } file ? (LastName(file), Argument(file))
            : (null, []);
        return typed is null ? null : new(
            position - typed.Length, position, [.. found.Where(c => c.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Take(Most)]);
    }

    private static IEnumerable<Completion> Names() => KernelDirectives.Names.Select(n => new Completion(n, "keyword"));

    private static string LastName(Match reference) => reference.Groups["typed"].Value.Split('/')[^1];

    private IEnumerable<Completion> Argument(Match reference)
    {
        var typed = reference.Groups["typed"].Value;
        string[] kinds = reference.Groups["name"].Value == "r" ? [".dll"] : [".cs", ".csx", ".ipynb"];
        var scheme = reference.Groups["name"].Value is "r" or "i" && !typed.Contains('/', StringComparison.Ordinal) ? [new Completion(PackageRequest.Scheme, "keyword")] : Array.Empty<Completion>();
        return reference.Groups["name"].Value == "i" ? scheme : scheme.Concat(Files(typed[..(typed.LastIndexOf('/') + 1)], kinds));
    }

    private IEnumerable<Completion> Files(string folder, string[] kinds)
    {
        var directory = new DirectoryInfo(Path.GetFullPath(folder.Length == 0 ? "." : folder, workingDirectory));
        var options = new EnumerationOptions { IgnoreInaccessible = true };
        if (!directory.Exists)
            return [];
        return directory.EnumerateDirectories("*", options).Select(d => new Completion(d.Name + "/", "folder"))
            .Concat(directory.EnumerateFiles("*", options).Where(f => kinds.Contains(f.Extension)).Select(f => new Completion(f.Name, "file")))
            .OrderBy(c => c.Text, StringComparer.Ordinal);
    }

    /// <summary>Of this process, and of NuGet's cache on this machine.</summary>
    private static IEnumerable<string> KnownPackages()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } chosen ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return new ProcessPackages().Ids.Concat(Directory.Exists(cache) ? new DirectoryInfo(cache).EnumerateDirectories().Select(d => d.Name) : []);
    }

    [GeneratedRegex(@"^\s*(?<typed>#[!a-zA-Z]*)$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s*#r\s+""nuget:\s*(?<typed>[\w.\-]*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Package();

    [GeneratedRegex(@"^\s*#(?<name>r|i|load|!import)\s+""?(?<typed>[^""]*)$")]
    private static partial Regex Reference();
}
