using System.CommandLine;
using System.Diagnostics;
using Course.Kernel.Jupyter;

namespace Course.Cli.Verbs;

/// <summary>`course lab`: opens the notebooks in Jupyter, with the course's kernel.</summary>
internal static class LabVerb
{
    /// <summary>Jupyter's variable with the data folders that it searches first (jupyter_core, "data directories").</summary>
    private const string JupyterPath = "JUPYTER_PATH";

    public static Command Build()
    {
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address instead of opening it." };
        var port = Options.Whole("--port", "The port on which Jupyter listens; by default Jupyter chooses one.", 1, 65_535);
        var command = new VerbCommand("lab", "Start Jupyter on notebooks/, with the course's kernel.") { noBrowser, port };
        command.SetAction((parsed, cancel) => StartAsync(parsed.GetValue(noBrowser), parsed.GetValue(port), cancel));
        return command;
    }

    private static async Task<int> StartAsync(bool noBrowser, int? port, CancellationToken cancel)
    {
        var root = RepositoryRoot.Find();
        var notebooks = Path.Combine(root, "notebooks");
        var arguments = new List<string> { Frontend(), $"--notebook-dir={notebooks}" };
        if (noBrowser)
            arguments.Add("--no-browser");
        if (port is { } number)
            arguments.Add($"--port={number}");
        var start = new ProcessStartInfo("jupyter", arguments);
        var ours = KernelSpec.WriteTo(Path.Combine(root, "out", "jupyter"));
        start.Environment[JupyterPath] = WithOurs(ours, Environment.GetEnvironmentVariable(JupyterPath));
        return await Tool.RunAsync(start, cancel).ConfigureAwait(false) ?? 1;
    }

    /// <summary>Puts the course's folder first: Jupyter uses the first kernelspec with a name, and nothing installed is changed.</summary>
    internal static string WithOurs(string folder, string? others) =>
        string.IsNullOrEmpty(others) ? folder : $"{folder}{Path.PathSeparator}{others}";

    /// <summary>JupyterLab if it is installed, else the classic Notebook.</summary>
    private static string Frontend()
    {
        if (Tool.Ask("jupyter", "--version") is null)
            throw new CourseException(
                "There is no Jupyter on the PATH. Create the course's environment (conda env create -f environment.yml, then " +
                "conda activate fast-decoding), or run the notebooks without Jupyter: course run");
        return Tool.Ask("jupyter", "lab", "--version") is not null ? "lab" : "notebook";
    }
}
