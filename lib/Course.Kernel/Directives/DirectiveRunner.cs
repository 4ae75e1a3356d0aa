using Course.Kernel.Execution;
using Course.Kernel.Notebooks;
using Course.Kernel.Scripting;

namespace Course.Kernel.Directives;

/// <summary>Applies directives to a session. Imported code is run by the cell that imports it.</summary>
internal sealed class DirectiveRunner(Session session)
{
    private readonly ProcessPackages ownPackages = new();
    private readonly Dictionary<string, PackageRequest> requested = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> sources = [];

    /// <summary>Executes <c>#r</c> and <c>#i</c>.</summary>
    /// <exception cref="DirectiveException"/>
    public async Task ReferenceAsync(CellPart.Directive directive, ICellOutput output, CancellationToken cancel)
    {
        var isPackage = directive.Argument.StartsWith(PackageRequest.Scheme, StringComparison.OrdinalIgnoreCase);
        if (directive.Name == "#i")
            sources.Add(
                isPackage
                    ? directive.Argument[PackageRequest.Scheme.Length..].Trim()
                    : throw Malformed(directive, "#i \"nuget: https://…/index.json\""));
        else if (isPackage)
            await AddPackageAsync(PackageRequest.Parse(directive.Argument), output, cancel);
        else
            AddAssembly(directive);
    }

    /// <summary>
    /// Returns the code of a file that <c>#load</c> or <c>#!import</c> names: one item for a script, one per code cell for a notebook.
    /// </summary>
    /// <exception cref="DirectiveException">The file is missing or has another extension.</exception>
    public IReadOnlyList<(string Name, string Code)> Import(CellPart.Directive directive)
    {
        var path = Resolve(directive.Argument);
        if (directive.Argument.Length == 0 || !File.Exists(path))
            throw new DirectiveException(
                $"{directive.Name}: there is no file '{directive.Argument}' (looked for {path}). Paths " +
                "are relative to the notebook's folder.");
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CS" or ".CSX" => [(path, File.ReadAllText(path))],
            ".IPYNB" => [.. NotebookFile.Read(path).CodeCells.Select((c, i) => ($"{Path.GetFileName(path)} cell {i + 1}", c.Source))],
            var other => throw new DirectiveException(
                $"{directive.Name}: '{directive.Argument}' is a '{other}' file. Expected .cs, .csx or .ipynb."),
        };
    }

    private async Task AddPackageAsync(PackageRequest package, ICellOutput output, CancellationToken cancel)
    {
        if (ownPackages.Find(package.Id) is { } own)
        {
            if (package.Version != "*" && package.Version != own.Version)
                output.Write(OutputStream.Error,
                    $"{package.Id} {own.Version} is part of this kernel and is used in place of {package.Version}.\n");
            foreach (var assembly in own.Assemblies)
                session.References.AddOwn(assembly);
            return;
        }
        var wanted = new Dictionary<string, PackageRequest>(requested, requested.Comparer) { [package.Id] = package };
        var restored = await PackageRestore.RestoreAsync(wanted.Values, sources, cancel);
        requested[package.Id] = package;
        foreach (var file in restored.Assemblies)
            session.References.Add(file);
        session.References.AddNatives(restored.Natives);
        output.Write(OutputStream.Out, $"{package.Id} {restored.Versions.GetValueOrDefault(package.Id, package.Version)}\n");
    }

    private void AddAssembly(CellPart.Directive directive)
    {
        var path = Resolve(directive.Argument);
        var name = Path.GetFileNameWithoutExtension(directive.Argument);
        if (directive.Argument.Length == 0)
            throw Malformed(directive, "#r \"path.dll\" or #r \"nuget: Id, 1.2.3\"");
        if (File.Exists(path))
            session.References.Add(path);
        else if (!session.References.AddOwn(name) && !session.References.AddOwn(directive.Argument))
            throw new DirectiveException(
                $"#r: there is no assembly '{directive.Argument}' (looked for {path}). Build the project first; paths " +
                "are relative to the notebook's folder.");
    }

    private string Resolve(string path) => Path.GetFullPath(path, session.Options.WorkingDirectory);

    private static DirectiveException Malformed(CellPart.Directive directive, string expected) =>
        new($"Line {directive.Line}: expected {expected}, found '{directive.Name} {directive.Argument}'.");
}
