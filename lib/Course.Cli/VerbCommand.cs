using System.CommandLine;

namespace Course.Cli;

/// <summary>A verb with more work at its end than most: processes to stop, a checkpoint to write, a front-end to serve.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">The text for the help.</param>
/// <param name="graceSeconds">How long it may take to end after the first Ctrl-C or termination signal.</param>
/// <param name="serves">
/// Whether another program controls it, which interrupts it by messages, ends it with SIGTERM, and may leave its output unread.
/// </param>
internal sealed class VerbCommand(string name, string description, double graceSeconds = 5, bool serves = false)
    : Command(name, description)
{
    public TimeSpan Grace { get; } = TimeSpan.FromSeconds(graceSeconds);

    public bool Serves => serves;
}
