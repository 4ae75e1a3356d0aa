using System.Collections.Immutable;

namespace Course.TakeHome.Sandboxing;

/// <summary>A command, and all of the machine that it gets to see.</summary>
/// <param name="Program">Absolute path.</param>
/// <param name="Arguments">As the program gets them; no shell is between.</param>
public sealed record SandboxCommand(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>Files and folders that lie at the same path inside, read-only. /usr is there anyway.</summary>
    public ImmutableArray<string> Reads { get; init; } = [];

    /// <summary>The whole environment, besides HOME, TMPDIR and PATH.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What comes on standard input, before it ends.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>
    /// Talks with the command, in place of <see cref="Input"/>. When it returns, the command is ended; it returns true where the command
    /// itself ended the conversation.
    /// </summary>
    public Func<SandboxConversation, bool>? Talk { get; init; }

    public SandboxLimits Limits { get; init; } = new();
}

/// <summary>A command that runs.</summary>
/// <param name="Output">What it writes.</param>
/// <param name="Input">What it reads.</param>
/// <param name="Use">What it uses now.</param>
/// <param name="IsRunning">Whether it works, or would if a processor were free.</param>
/// <param name="HasSaid">Whether it has written something that nobody has read yet.</param>
public sealed record SandboxConversation(Stream Output, Stream Input, Func<ProcessTree> Use, Func<bool> IsRunning, Func<bool> HasSaid);

/// <summary>How a command came to its end.</summary>
public enum SandboxEnd
{
    /// <summary>By itself, or by a signal; the exit code tells.</summary>
    Exited,

    /// <summary>Ended: too long by the clock.</summary>
    WallTime,

    /// <summary>Ended: too much processor time.</summary>
    CpuTime,

    /// <summary>Ended: too much memory.</summary>
    Memory,

    /// <summary>Ended: too many processes.</summary>
    Processes,

    /// <summary>Ended: too much output.</summary>
    Output,
}

/// <summary>What became of a command.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">128 + the signal's number where a signal ended it.</param>
/// <param name="Output">Standard output, at most <see cref="SandboxLimits.OutputBytes"/>.</param>
/// <param name="Errors">Standard error, likewise.</param>
/// <param name="Seconds">By the clock.</param>
public sealed record SandboxResult(SandboxEnd End, int ExitCode, ReadOnlyMemory<byte> Output, string Errors, double Seconds)
{
    public bool Succeeded => End == SandboxEnd.Exited && ExitCode == 0;
}
