using System.CommandLine;

namespace Course.Cli;

/// <summary>A verb that has more to do at its end than most: processes to stop, a checkpoint to write, a front-end to serve.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="description">For the help.</param>
/// <param name="graceSeconds">How long it may take to end after the first Ctrl-C or termination signal.</param>
/// <param name="serves">Another program speaks to it: that one interrupts it by messages, ends it by SIGTERM, and may leave
/// its output unread.</param>
internal sealed class VerbCommand(
    string name, string description, double graceSeconds = 5, bool serves = false) : Command(name, description)
{
    public TimeSpan Grace { get; } = TimeSpan.FromSeconds(graceSeconds);

    public bool Serves => serves;
}
