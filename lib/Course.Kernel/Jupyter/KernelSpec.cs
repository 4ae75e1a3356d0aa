using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Inference;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;

namespace Course.Kernel.Jupyter;

/// <summary>Tells Jupyter of this kernel: a folder with kernel.json where Jupyter looks.</summary>
public static class KernelSpec
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The user's own Jupyter folder (jupyter_core, "data directories").</summary>
    public static string UserDataFolder =>
        Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen ? chosen
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
        : OperatingSystem.IsMacOS() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Jupyter")
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"), "jupyter");

    /// <summary>Folder of the kernelspec.</summary>
    /// <param name="prefix">Of a Python or conda environment; null means the user's own.</param>
    public static string Folder(string? prefix) =>
        Path.Combine(prefix is null ? UserDataFolder : Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), "kernels", Notebook.KernelName);

    /// <summary>Writes the kernelspec for this installation; an earlier one is replaced.</summary>
    /// <returns>The folder.</returns>
    /// <exception cref="CourseException">The folder cannot be written.</exception>
    public static string Install(string? prefix)
    {
        var folder = Folder(prefix);
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "kernel.json"), Content(WorkerProgram.Locate()).ToJsonString(Indented) + "\n");
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException($"Cannot write the kernelspec to {folder}: {e.Message} Choose a folder of yours with --prefix, or install for your user with --user.", e);
        }
    }

    /// <returns>Whether there was one.</returns>
    public static bool Uninstall(string? prefix)
    {
        var folder = Folder(prefix);
        if (!Directory.Exists(folder))
            return false;
        Directory.Delete(folder, recursive: true);
        return true;
    }

    private static JsonObject Content(WorkerProgram program) => new()
    {
        ["argv"] = new JsonArray([.. ((string[])[program.FileName, .. program.Arguments, "kernel", "start", "--connection-file", "{connection_file}"]).Select(a => (JsonNode)a)]),
        ["display_name"] = "C# (course)",
        ["language"] = Notebook.Language,
        // The real interrupt travels on the control channel: a signal could not name the kernel's own process behind a launcher.
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { ["debugger"] = false },
    };
}
