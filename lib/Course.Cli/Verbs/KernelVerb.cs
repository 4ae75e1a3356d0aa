using System.CommandLine;
using Course.Inference;
using Course.Kernel.Jupyter;

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
        var command = new Command("install", "Make the kernel known to Jupyter.") { user, prefix };
        command.SetAction(parsed => Console.WriteLine($"Installed {KernelSpec.Install(Prefix(parsed.GetValue(user), parsed.GetValue(prefix)))}"));
        return command;
    }

    private static Command Uninstall()
    {
        var (user, prefix) = Where();
        var command = new Command("uninstall", "Take the kernel out of Jupyter again.") { user, prefix };
        command.SetAction(parsed =>
        {
            var where = Prefix(parsed.GetValue(user), parsed.GetValue(prefix));
            Console.WriteLine($"{(KernelSpec.Uninstall(where) ? "Removed" : "There is nothing at")} {KernelSpec.Folder(where)}");
        });
        return command;
    }

    private static Command Start()
    {
        var file = new Option<string>("--connection-file") { Description = "Jupyter's connection file.", Required = true };
        var command = new Command("start", "Serve a front-end. Jupyter calls this.") { file };
        command.SetAction((parsed, _) => KernelProgram.RunAsync(parsed.GetValue(file)!));
        return command;
    }

    private static (Option<bool> User, Option<string?> Prefix) Where() =>
        (new("--user") { Description = "For this user (the default)." },
         new("--prefix") { Description = "For a Python or conda environment: its folder." });

    private static string? Prefix(bool user, string? prefix) => user && prefix is not null
        ? throw new CourseException("--user and --prefix exclude each other: choose one place for the kernelspec.")
        : prefix;
}
