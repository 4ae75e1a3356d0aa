using System.Diagnostics;
using Course.TakeHome.Runner.Protocol;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Judging;

/// <summary>
/// How long a candidate's code has taken: the processor time of its process, and the time in which it was waited for and did nothing. How
/// busy the machine is does not count. Where a system tells neither, it is the time waited.
/// </summary>
internal sealed class AnswerClock(Wire wire, SandboxConversation process)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// What an answer makes the judge do is not its own time, and yet it must end: of the time on the wall so small a part counts that a
    /// right answer on a very busy machine stays below it.
    /// </summary>
    private const int WallShare = 12;

    private TimeSpan cpu, idle;
    private bool isTold;
    private long lastGlance = Stopwatch.GetTimestamp();

    /// <summary>Starts to count.</summary>
    /// <returns>How long the code has taken since, to be asked every few hundredths of a second.</returns>
    public Func<TimeSpan> Start()
    {
        var (before, start) = (Glance(), Stopwatch.GetTimestamp());
        return () => TimeSpan.FromTicks(Math.Max((Glance() - before).Ticks, Stopwatch.GetElapsedTime(start).Ticks / WallShare));
    }

    /// <summary>Waits for a thread that asks the candidate's code, no longer than that code may take.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Join(Thread asking, TimeSpan most)
    {
        var taken = Start();
        var spent = TimeSpan.Zero;
        while (!asking.Join(Pause) && spent <= most)
            spent = taken();
        return spent;
    }

    /// <summary>What happens between two glances is taken to go on as it was seen.</summary>
    private TimeSpan Glance()
    {
        var use = process.Use();
        var before = lastGlance;
        lastGlance = Stopwatch.GetTimestamp();
        isTold |= use.Threads > 0;
        if (!isTold)
            return wire.Waited;
        // A glance may miss a process that is just beginning or ending; time does not run backwards for that.
        cpu = use.Cpu > cpu ? use.Cpu : cpu;
        // One that has answered and sleeps is not waited for: it is this side that does not come to read, on a machine with much to do.
        if (wire.WaitsSince is > 0 and var since && since < before && !process.IsRunning() && !process.HasSaid())
            idle += Stopwatch.GetElapsedTime(before, lastGlance);
        return cpu + idle;
    }
}
