using System.CommandLine;
using System.Text;
using Course.Kernel.Notebooks;

namespace Course.Cli.Verbs;

/// <summary>`course clean`: removes from notebooks what a run has left, so that they can go into git.</summary>
internal static class CleanVerb
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Build()
    {
        var notebooks = new Argument<string[]>("notebook")
        {
            Description = "Notebooks to clean; without any, all under notebooks/.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var filter = new Option<bool>("--filter")
        {
            Description = "Read a notebook from standard input and write it to standard output, for git."
        };
        var command = new Command("clean", "Remove outputs, execution counts and other kernels' metadata from notebooks.")
        {
            notebooks, filter,
        };
        command.SetAction(parsed => Clean(parsed.GetValue(notebooks)!, parsed.GetValue(filter)));
        return command;
    }

    private static void Clean(string[] named, bool filter)
    {
        if (filter && named.Length > 0)
            throw new CourseException("--filter reads standard input: do not name notebooks with it.");
        if (filter)
            Filter();
        else
            foreach (var path in named.Length > 0 ? named : NotebookFinder.In(Path.Combine(RepositoryRoot.Find(), "notebooks")))
                Clean(path);
    }

    private static void Clean(string path)
    {
        var notebook = NotebookFile.Read(path);
        var before = NotebookFile.Text(notebook);
        NotebookCleaning.Clean(notebook);
        if (NotebookFile.Text(notebook) == before)
            return;
        NotebookFile.Write(path, notebook);
        Console.WriteLine($"Cleaned {path}");
    }

    private static void Filter()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Utf8);
        var notebook = NotebookFile.Parse(input.ReadToEnd(), "standard input");
        NotebookCleaning.Clean(notebook);
        using var output = Console.OpenStandardOutput();
        output.Write(Utf8.GetBytes(NotebookFile.Text(notebook)));
    }
}
