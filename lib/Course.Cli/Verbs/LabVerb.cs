using System.CommandLine;
using System.Diagnostics;
using Course.Inference;
using Course.Kernel.Jupyter;

namespace Course.Cli.Verbs;

/// <summary>`course lab`: opens the notebooks in Jupyter, with the course's kernel.</summary>
internal static class LabVerb
{
    public static Command Build()
    {
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the address instead of opening it." };
        var port = new Option<int?>("--port") { Description = "Where Jupyter listens; it chooses by itself otherwise." };
        var command = new Command("lab", "Install the kernelspec and start Jupyter on notebooks/.") { noBrowser, port };
        command.SetAction((parsed, cancel) => StartAsync(parsed.GetValue(noBrowser), parsed.GetValue(port), cancel));
        return command;
    }

    private static async Task<int> StartAsync(bool noBrowser, int? port, CancellationToken cancel)
    {
        KernelSpec.Install(prefix: null);
        var notebooks = Path.Combine(RepositoryRoot.Find(), "notebooks");
        var arguments = new List<string> { Frontend(), $"--notebook-dir={notebooks}" };
        if (noBrowser)
            arguments.Add("--no-browser");
        if (port is { } number)
            arguments.Add($"--port={number}");
        return await Tool.RunAsync(new ProcessStartInfo("jupyter", arguments), cancel).ConfigureAwait(false) ?? 1;
    }

    /// <summary>JupyterLab where it is installed, else the classic notebook.</summary>
    private static string Frontend()
    {
        if (Tool.Ask("jupyter", "--version") is null)
            throw new CourseException(
                "No Jupyter on the PATH. Create the course's environment (conda env create -f environment.yml, then conda activate fast-decoding), " +
                "or run the notebooks without Jupyter: course run");
        return Tool.Ask("jupyter", "lab", "--version") is not null ? "lab" : "notebook";
    }
}
