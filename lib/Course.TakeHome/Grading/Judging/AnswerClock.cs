using System.Diagnostics;
using Course.TakeHome.Runner.Protocol;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Judging;

/// <summary>
/// Measures how long a candidate's code has taken: the processor time of its process, plus the time in which the judge waited for it while
/// it was idle. The load of the machine does not count. On a system that reports neither, it is the time waited.
/// </summary>
internal sealed class AnswerClock(Wire wire, SandboxConversation process)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// The judge's own work for an answer is not charged to the answer, but it must end, too: one part in so many of the elapsed time
    /// counts, little enough that a correct answer passes on a very busy machine.
    /// </summary>
    private const int WallShare = 12;

    private TimeSpan cpu, idle;
    private bool isTold;
    private long lastGlance = Stopwatch.GetTimestamp();

    /// <summary>Starts counting.</summary>
    /// <returns>The time that the code has taken since. Call it every few hundredths of a second.</returns>
    public Func<TimeSpan> Start()
    {
        var (before, start) = (Glance(), Stopwatch.GetTimestamp());
        return () => TimeSpan.FromTicks(Math.Max((Glance() - before).Ticks, Stopwatch.GetElapsedTime(start).Ticks / WallShare));
    }

    /// <summary>Waits for a thread that asks the candidate's code, until the code has exceeded its time.</summary>
    /// <returns>The time that the code took.</returns>
    public TimeSpan Join(Thread asking, TimeSpan most)
    {
        var taken = Start();
        var spent = TimeSpan.Zero;
        while (!asking.Join(Pause) && spent <= most)
            spent = taken();
        return spent;
    }

    /// <summary>Updates the times. What is seen now is assumed for the whole time since the last look.</summary>
    private TimeSpan Glance()
    {
        var use = process.Use();
        var before = lastGlance;
        lastGlance = Stopwatch.GetTimestamp();
        isTold |= use.Threads > 0;
        if (!isTold)
            return wire.Waited;
        // A process that is just starting or ending may be missed; the time must not run backwards then.
        cpu = use.Cpu > cpu ? use.Cpu : cpu;
        // A process that sleeps after its reply is not charged: on a busy machine it is this side that has not read the reply yet.
        if (wire.WaitsSince is > 0 and var since && since < before && !process.IsRunning() && !process.HasSaid())
            idle += Stopwatch.GetElapsedTime(before, lastGlance);
        return cpu + idle;
    }
}
