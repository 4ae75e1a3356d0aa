using System.CommandLine;
using Course.Kernel.Jupyter;
using Course.Kernel.Notebooks;

namespace Course.Cli.Verbs;

/// <summary>`course kernel`: the C# kernel for Jupyter and for the runner.</summary>
internal static class KernelVerb
{
    public static Command Build() => new("kernel", "The C# kernel for Jupyter.")
    {
        Install(),
        Uninstall(),
        Start(),
        WorkerVerb.Build(),
    };

    private static Command Install()
    {
        var (user, prefix) = Where();
        var replace = new Option<bool>("--replace")
        {
            Description = "Replace .NET Interactive's kernel .net-csharp; `uninstall` restores it.",
        };
        var command = new Command("install", "Install the kernel for Jupyter.") { user, prefix, replace };
        command.SetAction(parsed => Console.WriteLine(Words(
            KernelSpec.Install(Prefix(parsed.GetValue(user), parsed.GetValue(prefix)), parsed.GetValue(replace)))));
        return command;
    }

    private static string Words(InstalledKernel installed) => installed switch
    {
        { Taken: false } => $"""
            Installed {Notebook.OwnKernelName} in {installed.Folder}
            There, {Notebook.KernelName} is another program's kernel (.NET Interactive?) and is not changed.
            The notebooks open and run in it.
            To use the course's, choose "C# (course)" in the notebook's kernel menu, or run `course lab`, which needs no installation;
            `course kernel install --replace` replaces that kernel, and `course kernel uninstall` restores it.
            """,
        { Foreign: true } => $"""
            Installed {Notebook.OwnKernelName} and {Notebook.KernelName} in {installed.Folder}
            The {Notebook.KernelName} that was there is kept, and `course kernel uninstall` restores it.
            """,
        _ => $"Installed {Notebook.OwnKernelName} and {Notebook.KernelName} in {installed.Folder}",
    };

    private static Command Uninstall()
    {
        var (user, prefix) = Where();
        var command = new Command("uninstall", "Remove the kernel from Jupyter.") { user, prefix };
        command.SetAction(parsed =>
        {
            var where = Prefix(parsed.GetValue(user), parsed.GetValue(prefix));
            var folder = Path.GetDirectoryName(KernelSpec.Folder(where));
            Console.WriteLine(
                KernelSpec.Uninstall(where) ? $"Removed the course's kernel from {folder}" : $"The course's kernel is not in {folder}");
        });
        return command;
    }

    private static VerbCommand Start()
    {
        var file = Options.RequiredPath("--connection-file", "Jupyter's connection file.");
        var command = new VerbCommand("start", "Serve a front-end. Jupyter runs this.", graceSeconds: 1, serves: true) { file };
        command.SetAction((parsed, _) => KernelProgram.RunAsync(parsed.GetValue(file)!));
        return command;
    }

    private static (Option<bool> User, Option<string?> Prefix) Where() =>
        (new("--user") { Description = "For this user (the default)." },
         Options.Path("--prefix", "For a Python or conda environment: its folder."));

    private static string? Prefix(bool user, string? prefix) => user && prefix is not null
        ? throw new CourseException("--user and --prefix exclude each other: choose one location for the kernelspec.")
        : prefix;
}
