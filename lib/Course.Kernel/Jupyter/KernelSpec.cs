using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;

namespace Course.Kernel.Jupyter;

/// <summary>Registers this kernel with Jupyter: a folder with kernel.json where Jupyter looks for kernels.</summary>
public static class KernelSpec
{
    /// <summary>The last arguments of the command in every kernelspec of this kernel.</summary>
    internal static readonly string[] Start = ["kernel", "start", "--connection-file", "{connection_file}"];

    private const string OwnDisplayName = "C# (course)";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The user's own Jupyter folder (jupyter_core, "data directories").</summary>
    public static string UserDataFolder =>
        Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen ? chosen
        : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
        : OperatingSystem.IsMacOS() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Jupyter")
        : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"), "jupyter");

    /// <summary>The folder of the kernelspec with the name that the notebooks use.</summary>
    /// <param name="prefix">The prefix of a Python or conda environment; null means the user's own folder.</param>
    public static string Folder(string? prefix) => Path.Combine(KernelsFolder(prefix), Notebook.KernelName);

    /// <summary>
    /// Registers this installation under its own name, and under the name that the notebooks use unless another program's kernel has it.
    /// </summary>
    /// <param name="prefix">The prefix of a Python or conda environment; null means the user's own folder.</param>
    /// <param name="replace">Whether to take the notebooks' name from another program. Its kernelspec is kept, and <see cref="Uninstall"/>
    /// restores it.</param>
    /// <exception cref="CourseException">The folder cannot be written.</exception>
    public static InstalledKernel Install(string? prefix, bool replace = false)
    {
        var kernels = KernelsFolder(prefix);
        try
        {
            Write(Path.Combine(kernels, Notebook.OwnKernelName), OwnDisplayName);
            var shared = new KernelSpecFolder(Folder(prefix));
            var foreign = shared.Owner is KernelSpecOwner.Other;
            if (foreign && replace)
                shared.SetAside();
            if (!foreign || replace)
                Write(shared.Path, NotebookMetadata.DisplayName);
            return new(kernels, foreign, Taken: !foreign || replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            const string Remedy = "Choose a writable folder with --prefix, or install for your user with --user.";
            throw new CourseException($"Cannot write kernelspecs to {kernels}: {e.Message} {Remedy}", e);
        }
    }

    /// <summary>Whether a folder contains a kernelspec of this kernel, from any installation.</summary>
    public static bool IsOurs(string folder) => new KernelSpecFolder(folder).Owner == KernelSpecOwner.Course;

    /// <summary>
    /// Writes a folder for <c>JUPYTER_PATH</c> in which the notebooks' kernel name refers to this kernel, whatever else is installed.
    /// </summary>
    /// <exception cref="CourseException">The folder cannot be written.</exception>
    public static string WriteTo(string folder)
    {
        try
        {
            Write(Path.Combine(folder, "kernels", Notebook.KernelName), NotebookMetadata.DisplayName);
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException($"Cannot write the kernelspec to {folder}: {e.Message}", e);
        }
    }

    /// <summary>
    /// Removes what <see cref="Install"/> wrote, and restores what it kept. A kernelspec of another program is left unchanged.
    /// </summary>
    /// <returns>Whether this kernel was registered.</returns>
    public static bool Uninstall(string? prefix)
    {
        var own = new KernelSpecFolder(Path.Combine(KernelsFolder(prefix), Notebook.OwnKernelName));
        var shared = new KernelSpecFolder(Folder(prefix));
        return own.Remove() | shared.Remove();
    }

    private static string KernelsFolder(string? prefix) =>
        Path.Combine(prefix is null ? UserDataFolder : Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), "kernels");

    private static void Write(string folder, string displayName)
    {
        Directory.CreateDirectory(folder);
        var content = Content(WorkerProgram.Locate(), displayName).ToJsonString(Indented) + "\n";
        File.WriteAllText(Path.Combine(folder, KernelSpecFolder.FileName), content);
    }

    private static JsonObject Content(WorkerProgram program, string displayName) => new()
    {
        ["argv"] = new JsonArray([.. ((string[])[program.FileName, .. program.Arguments, .. Start]).Select(word => (JsonNode)word)]),
        ["display_name"] = displayName,
        ["language"] = Notebook.Language,
        // Interrupts come on the control channel: a signal would reach a launcher, not the kernel process that it started.
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { ["debugger"] = false },
    };
}
