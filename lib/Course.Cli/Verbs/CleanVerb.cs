using System.CommandLine;
using Course.Kernel.Notebooks;

namespace Course.Cli.Verbs;

/// <summary>`course clean`: notebooks as they belong into git, without what running them left.</summary>
internal static class CleanVerb
{
    public static Command Build()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "Notebooks to clean; without any, all under notebooks/.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("clean", "Take outputs, counts and another kernel's metadata out of notebooks.") { notebooks };
        command.SetAction(parsed => Clean(parsed.GetValue(notebooks)!));
        return command;
    }

    private static void Clean(string[] named)
    {
        var paths = named.Length > 0 ? named : NotebookFinder.In(Path.Combine(RepositoryRoot.Find(), "notebooks"));
        foreach (var path in paths)
        {
            var notebook = NotebookFile.Read(path);
            var before = notebook.Json.ToJsonString();
            NotebookCleaning.Clean(notebook);
            if (notebook.Json.ToJsonString() == before)
                continue;
            NotebookFile.Write(path, notebook);
            Console.WriteLine($"Cleaned {path}");
        }
    }
}
