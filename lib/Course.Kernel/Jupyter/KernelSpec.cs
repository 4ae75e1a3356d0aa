using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;

namespace Course.Kernel.Jupyter;

/// <summary>Tells Jupyter of this kernel: a folder with kernel.json where Jupyter looks.</summary>
public static class KernelSpec
{
    /// <summary>How every kernelspec of this kernel ends its command.</summary>
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

    /// <summary>Folder of the kernelspec that the notebooks name.</summary>
    /// <param name="prefix">Of a Python or conda environment; null means the user's own.</param>
    public static string Folder(string? prefix) => Path.Combine(KernelsFolder(prefix), Notebook.KernelName);

    /// <summary>
    /// Makes this installation known under its own name, and under the name in the notebooks unless another program's kernel has that one.
    /// </summary>
    /// <param name="prefix">Of a Python or conda environment; null means the user's own folder.</param>
    /// <param name="replace">Take the notebooks' name from another program; its kernelspec is kept, and <see cref="Uninstall"/> gives it
    /// back.</param>
    /// <exception cref="CourseException">The folder cannot be written.</exception>
    public static InstalledKernel Install(string? prefix, bool replace = false)
    {
        var kernels = KernelsFolder(prefix);
        try
        {
            Write(Path.Combine(kernels, Notebook.OwnKernelName), OwnDisplayName);
            var shared = new KernelSpecFolder(Folder(prefix));
            var foreign = shared.Holder is KernelSpecHolder.Another;
            if (foreign && replace)
                shared.Keep();
            if (!foreign || replace)
                Write(shared.Path, NotebookMetadata.DisplayName);
            return new(kernels, foreign, Taken: !foreign || replace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            const string Remedy = "Choose a folder of yours with --prefix, or install for your user with --user.";
            throw new CourseException($"Cannot write kernelspecs to {kernels}: {e.Message} {Remedy}", e);
        }
    }

    /// <summary>Whether a kernelspec's folder holds this kernel's, of whichever installation.</summary>
    public static bool IsCourses(string folder) => new KernelSpecFolder(folder).Holder == KernelSpecHolder.Course;

    /// <summary>A folder for <c>JUPYTER_PATH</c> under which the notebooks' name means this kernel, whatever else is installed.</summary>
    /// <exception cref="CourseException">It cannot be written.</exception>
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
    /// Takes away what <see cref="Install"/> wrote, and puts back what it kept. Another program's kernelspec stays as it is.
    /// </summary>
    /// <returns>Whether there was anything of this kernel.</returns>
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
        // The real interrupt travels on the control channel: a signal could not name the kernel's own process behind a launcher.
        ["interrupt_mode"] = "message",
        ["metadata"] = new JsonObject { ["debugger"] = false },
    };
}
