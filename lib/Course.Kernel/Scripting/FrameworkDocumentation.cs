using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Course.Kernel.Scripting;

/// <summary>
/// Documentation of .NET itself, from the reference pack. Its files are split differently from the implementation (<c>Console</c> is in
/// System.Console.xml, <c>List</c> in System.Collections.xml), so the files are searched for each member on demand. Without the pack there
/// is no documentation and no error.
/// </summary>
internal sealed class FrameworkDocumentation : DocumentationProvider
{
    public static readonly FrameworkDocumentation Instance = new();

    private readonly Lazy<string[]> files = new(() => [.. FindFiles()]);
    private readonly ConcurrentDictionary<string, string?> known = new();

    private FrameworkDocumentation()
    {
    }

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => typeof(FrameworkDocumentation).GetHashCode();

    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        known.GetOrAdd(documentationMemberID, id => Search(id, cancellationToken));

    private string? Search(string id, CancellationToken cancel)
    {
        var opening = Encoding.UTF8.GetBytes($"<member name=\"{id}\">");
        foreach (var file in files.Value)
        {
            cancel.ThrowIfCancellationRequested();
            var text = File.ReadAllBytes(file).AsSpan();
            var start = text.IndexOf(opening);
            if (start >= 0)
                return Encoding.UTF8.GetString(text.Slice(start, text[start..].IndexOf("</member>"u8) + "</member>".Length));
        }
        return null;
    }

    private static IEnumerable<string> FindFiles()
    {
        var root = Path.GetFullPath(Path.Combine(ProcessAssemblies.FrameworkFolder, "..", "..", ".."));
        var packs = new DirectoryInfo(Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref"));
        var moniker = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return packs.Exists
            ? packs.EnumerateDirectories().OrderByDescending(d => d.Name, StringComparer.Ordinal)
                .Select(d => Path.Combine(d.FullName, "ref", moniker)).Where(Directory.Exists).Take(1)
                .SelectMany(d => Directory.EnumerateFiles(d, "*.xml"))
            : [];
    }
}
