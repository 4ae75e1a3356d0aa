using System.IO.Pipes;
using Course.TakeHome.Grading.Judging;
using Course.TakeHome.Runner.Protocol;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Tests.Grading.Judging;

/// <summary>What counts as a candidate's time on a busy machine.</summary>
public sealed class AnswerClockTests : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(300);

    private readonly AnonymousPipeServerStream silent = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream heard;
    private readonly Wire wire;
    private ProcessTree use = new(1, 0, TimeSpan.FromSeconds(5));

    public AnswerClockTests()
    {
        heard = new(PipeDirection.In, silent.ClientSafePipeHandle);
        wire = new(new(heard, Stream.Null), (_, _) => throw new InvalidOperationException());
    }

    [Fact]
    public void An_idle_process_that_is_waited_for_is_charged() =>
        Assert.True(Charged(isRunning: false, hasSaid: false) > Wait / 2);

    [Fact]
    public void A_process_that_has_replied_is_not_charged_until_the_judge_reads() =>
        Assert.True(Charged(isRunning: false, hasSaid: true) < Wait / 4);

    [Fact]
    public void A_process_that_is_ready_to_run_is_not_charged() =>
        Assert.True(Charged(isRunning: true, hasSaid: false) < Wait / 4);

    [Fact]
    public void A_look_that_misses_the_process_changes_nothing()
    {
        var (clock, whole) = (Clock(isRunning: true, hasSaid: false), use);
        clock.Start();
        use = default;
        var spent = clock.Start();
        use = whole;
        Assert.True(spent() < TimeSpan.FromSeconds(1), $"{spent()} is what the process had used before.");
    }

    [Fact]
    public void The_judges_own_work_counts_a_little()
    {
        var spent = Clock(isRunning: true, hasSaid: true).Start();
        Thread.Sleep(Wait);
        Assert.InRange(spent(), Wait / 20, Wait);
    }

    private TimeSpan Charged(bool isRunning, bool hasSaid)
    {
        var waiting = new Thread(() => { try { wire.Serve(); } catch (WireException) { } }) { IsBackground = true };
        waiting.Start();
        SpinWait.SpinUntil(() => wire.WaitsSince > 0);
        var spent = Clock(isRunning, hasSaid).Start();
        for (var glance = 0; glance < 10; glance++)
        {
            Thread.Sleep(Wait / 10);
            spent();
        }
        var charged = spent();
        silent.Dispose();
        waiting.Join();
        return charged;
    }

    private AnswerClock Clock(bool isRunning, bool hasSaid) =>
        new(wire, new(heard, Stream.Null, () => use, () => isRunning, () => hasSaid));

    public void Dispose()
    {
        silent.Dispose();
        heard.Dispose();
    }
}
