using System.Text.Json.Nodes;

namespace Course.Kernel.Directives;

/// <summary>
/// The packages that this process was built with, as listed in its .deps.json. A cell that asks for one of them gets it at once, offline,
/// and shares the copy that the library uses.
/// </summary>
internal sealed class ProcessPackages
{
    private readonly Dictionary<string, (string Version, JsonObject Entry)> packages = new(StringComparer.OrdinalIgnoreCase);

    public ProcessPackages()
    {
        var files = ((string?)AppContext.GetData("APP_CONTEXT_DEPS_FILES") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        foreach (var file in files.Where(File.Exists).Take(1))
            Read(JsonNode.Parse(File.ReadAllBytes(file))!);
    }

    public IEnumerable<string> Ids => packages.Keys;

    /// <summary>
    /// Returns the version of a package and the assembly names (without extension) of it and its dependencies; null
    /// if the process lacks it.
    /// </summary>
    public (string Version, IReadOnlyList<string> Assemblies)? Find(string id)
    {
        if (!packages.TryGetValue(id, out var package))
            return null;
        var assemblies = new List<string>();
        Collect(id, assemblies, []);
        return (package.Version, assemblies);
    }

    private void Read(JsonNode deps)
    {
        var target = deps["runtimeTarget"]?["name"]?.GetValue<string>();
        if (target is null || deps["targets"]?[target] is not JsonObject libraries)
            return;
        foreach (var (key, entry) in libraries)
            if (key.Split('/') is [var id, var version] && deps["libraries"]?[key]?["type"]?.GetValue<string>() == "package")
                packages[id] = (version, entry!.AsObject());
    }

    private void Collect(string id, List<string> assemblies, HashSet<string> seen)
    {
        if (!seen.Add(id) || !packages.TryGetValue(id, out var package))
            return;
        if (package.Entry["runtime"] is JsonObject files)
            assemblies.AddRange(files.Select(f => Path.GetFileNameWithoutExtension(f.Key)));
        if (package.Entry["dependencies"] is JsonObject needs)
        {
            foreach (var (need, _) in needs)
                Collect(need, assemblies, seen);
        }
    }
}
