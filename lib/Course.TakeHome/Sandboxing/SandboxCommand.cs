using System.Collections.Immutable;

namespace Course.TakeHome.Sandboxing;

/// <summary>A command, and everything of the machine that it can see.</summary>
/// <param name="Program">The absolute path of the program.</param>
/// <param name="Arguments">The arguments, passed without a shell.</param>
public sealed record SandboxCommand(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>Files and folders that are visible at the same path, read-only. /usr always is.</summary>
    public ImmutableArray<string> Reads { get; init; } = [];

    /// <summary>The whole environment, apart from HOME, TMPDIR and PATH.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The bytes of standard input.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>
    /// Talks to the command, in place of <see cref="Input"/>. When it returns, the command is ended. It returns true if the command itself
    /// ended the conversation.
    /// </summary>
    public Func<SandboxConversation, bool>? Talk { get; init; }

    public SandboxLimits Limits { get; init; } = new();
}

/// <summary>A conversation with a running command.</summary>
/// <param name="Output">The stream that the command writes.</param>
/// <param name="Input">The stream that the command reads.</param>
/// <param name="Use">Reads the resources that the command uses now.</param>
/// <param name="IsRunning">Whether the command is running or ready to run.</param>
/// <param name="HasSaid">Whether the command has written something that was not read yet.</param>
public sealed record SandboxConversation(Stream Output, Stream Input, Func<ProcessTree> Use, Func<bool> IsRunning, Func<bool> HasSaid);

/// <summary>How a command ended.</summary>
public enum SandboxEnd
{
    /// <summary>By itself, or by a signal, as the exit code says.</summary>
    Exited,

    /// <summary>It exceeded the limit of elapsed time.</summary>
    WallTime,

    /// <summary>It exceeded the limit of processor time.</summary>
    CpuTime,

    /// <summary>It exceeded the limit of memory.</summary>
    Memory,

    /// <summary>It exceeded the limit of processes and threads.</summary>
    Processes,

    /// <summary>It exceeded the limit of output.</summary>
    Output,
}

/// <summary>The result of a command.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">The exit code; 128 + the signal's number if a signal ended it.</param>
/// <param name="Output">Standard output, at most <see cref="SandboxLimits.OutputBytes"/>.</param>
/// <param name="Errors">Standard error, at most as much.</param>
/// <param name="Seconds">The elapsed time, in seconds.</param>
public sealed record SandboxResult(SandboxEnd End, int ExitCode, ReadOnlyMemory<byte> Output, string Errors, double Seconds)
{
    public bool Succeeded => End == SandboxEnd.Exited && ExitCode == 0;
}
