using System.Diagnostics;
using Course.TakeHome.Runner.Protocol;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Judging;

/// <summary>
/// How long a candidate's code has taken: the processor time of its process, and the time in which it was waited for and did nothing. How busy the
/// machine is does not count, nor does what the judge does itself. Where a system tells neither, it is the time waited.
/// </summary>
internal sealed class AnswerClock(Wire wire, SandboxConversation process)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private TimeSpan idle;
    private long lastGlance = Stopwatch.GetTimestamp();

    /// <summary>To be asked every few hundredths of a second: what happens between two glances is taken to go on as it was seen.</summary>
    public TimeSpan Glance()
    {
        var use = process.Use();
        var before = lastGlance;
        lastGlance = Stopwatch.GetTimestamp();
        if (use.Threads == 0)
            return wire.Waited;
        if (wire.WaitsSince is > 0 and var since && since < before && !process.IsRunning())
            idle += Stopwatch.GetElapsedTime(before, lastGlance);
        return use.Cpu + idle;
    }

    /// <summary>Waits for a thread that asks the candidate's code, no longer than that code may take.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Join(Thread asking, TimeSpan most)
    {
        var before = Glance();
        var spent = TimeSpan.Zero;
        while (!asking.Join(Pause) && spent <= most)
            spent = Glance() - before;
        return spent;
    }
}
