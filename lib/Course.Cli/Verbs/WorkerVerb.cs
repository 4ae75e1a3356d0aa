using System.CommandLine;
using Course.Kernel.Running;

namespace Course.Cli.Verbs;

/// <summary>`course kernel worker`: the process that `course run` starts for each notebook. It is hidden from the help.</summary>
internal static class WorkerVerb
{
    public static Command Build()
    {
        var pipe = Options.RequiredPath("--pipe", "The runner's pipe.");
        var command = new VerbCommand("worker", "Execute one notebook for a runner.", graceSeconds: 1, serves: true) { pipe };
        command.Hidden = true;
        command.SetAction((parsed, cancel) => NotebookWorker.RunAsync(parsed.GetValue(pipe)!, cancel));
        return command;
    }
}
