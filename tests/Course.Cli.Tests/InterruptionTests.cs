namespace Course.Cli.Tests;

/// <summary>How a verb ends early.</summary>
public sealed class InterruptionTests : IDisposable
{
    private static readonly TimeSpan Ages = TimeSpan.FromHours(1), AMoment = TimeSpan.FromMilliseconds(20),
        Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringWriter said = new();

    [Fact]
    public async Task The_first_signal_cancels_and_says_so()
    {
        using var interruption = Of(Ages);
        var cancelled = new TaskCompletionSource();
        using var hears = interruption.Token.Register(cancelled.SetResult);
        interruption.Hear(Interruption.Interrupted);

        await cancelled.Task.WaitAsync(Patience);
        Assert.Equal(Interruption.Interrupted, interruption.ExitCode);
        Assert.Contains("Stopping; press Ctrl-C again to end it at once.", said.ToString(), StringComparison.Ordinal);
        Assert.False(ended.Task.IsCompleted);
    }

    [Fact]
    public async Task The_second_one_ends_it_at_once()
    {
        using var interruption = Of(Ages);
        interruption.Hear(Interruption.Interrupted);
        interruption.Hear(Interruption.Terminated);
        Assert.Equal(Interruption.Interrupted, await ended.Task);
    }

    [Fact]
    public async Task A_verb_that_ignores_it_is_ended_after_its_grace_time()
    {
        using var interruption = Of(AMoment);
        interruption.Hear(Interruption.Terminated);
        Assert.Equal(Interruption.Terminated, await ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_verb_that_cannot_be_cancelled_is_ended_at_once()
    {
        using var interruption = Of(TimeSpan.Zero);
        interruption.Hear(Interruption.Interrupted);
        Assert.Equal(Interruption.Interrupted, await ended.Task);
        Assert.Contains("Stopped.", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_pipe_prints_nothing_and_is_not_a_second_signal()
    {
        using var interruption = Of(Ages);
        interruption.Hear(Interruption.Interrupted);
        interruption.Hear(Interruption.PipeClosed);
        Assert.False(ended.Task.IsCompleted);

        using var closed = new Interruption(Ages, said, ended.SetResult);
        said.GetStringBuilder().Clear();
        closed.Hear(Interruption.PipeClosed);
        Assert.Equal((Interruption.PipeClosed, ""), (closed.ExitCode, said.ToString()));
    }

    [Fact]
    public async Task A_verb_that_has_ended_is_not_ended_again()
    {
        var interruption = Of(AMoment);
        interruption.Dispose();
        interruption.Hear(Interruption.PipeClosed);
        await Task.Delay(10 * AMoment);
        Assert.False(ended.Task.IsCompleted);
    }

    public void Dispose() => said.Dispose();

    private Interruption Of(TimeSpan grace) => new(grace, said, code => ended.TrySetResult(code));
}
