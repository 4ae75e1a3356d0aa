using System.Diagnostics;

namespace Course.TakeHome.Sandboxing;

/// <summary>
/// Runs commands without a sandbox: they may do everything that the user may do. Time, memory and output are limited, and the environment
/// is as empty as in a sandbox. Only for machines that are thrown away afterwards.
/// </summary>
public sealed class NoSandbox : ISandbox
{
    public string Name => "none";

    public SandboxResult Run(SandboxCommand command, CancellationToken cancel = default)
    {
        command.Limits.Validate();
        var home = Directory.CreateTempSubdirectory("no-sandbox-");
        try
        {
            var start = new ProcessStartInfo(command.Program, command.Arguments) { WorkingDirectory = home.FullName };
            start.Environment.Clear();
            foreach (var (name, value) in command.Environment.SetItem("HOME", home.FullName).SetItem("TMPDIR", home.FullName)
                .SetItem("PATH", "/usr/bin"))
                start.Environment[name] = value;
            return Supervisor.Run(start, command, cancel);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }
}
