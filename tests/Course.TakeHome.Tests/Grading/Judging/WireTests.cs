using System.IO.Pipes;
using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Tests.Grading.Judging;

/// <summary>Tests both ends of a conversation in one process.</summary>
public sealed class WireTests : IDisposable
{
    private readonly AnonymousPipeServerStream toHere = new(PipeDirection.In), toThere = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream fromThere, fromHere;

    public WireTests() =>
        (fromThere, fromHere) = (new(PipeDirection.Out, toHere.ClientSafePipeHandle), new(PipeDirection.In, toThere.ClientSafePipeHandle));

    public void Dispose() => Array.ForEach<Stream>([toThere, fromThere, fromHere, toHere], stream => stream.Dispose());

    private Wire Here(Func<Wire, MessageReader, MessageWriter> answer) => new(new(toHere, toThere), answer);

    private void Serve(Func<Wire, MessageReader, MessageWriter> answer, bool saysWhere = false)
    {
        var there = new Wire(new(fromHere, fromThere), answer, saysWhere);
        new Thread(() => Assert.Throws<WireException>(there.Serve)) { IsBackground = true }.Start();
    }

    [Fact]
    public void Questions_that_are_answered_with_questions_end_before_the_stack_does_and_the_next_is_answered()
    {
        var replies = true;
        Serve((wire, _) => replies ? Passed(wire) : new());
        var here = Here((wire, _) => Passed(wire));
        Assert.Contains("questions are open", Assert.Throws<CourseException>(() => here.Ask(new())).Message, StringComparison.Ordinal);
        replies = false;
        Assert.True(here.Ask(new()).AtEnd);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_location_of_a_failure_is_sent_by_the_candidates_side_and_never_by_the_judges(bool says)
    {
        Serve((_, _) => throw new InvalidOperationException("no"), says);
        var told = Assert.Throws<AnswerCrashedException>(() => Here((_, _) => new()).Ask(new())).Message;
        Assert.StartsWith("InvalidOperationException: no", told, StringComparison.Ordinal);
        Assert.Equal(says, told.Contains(nameof(WireTests), StringComparison.Ordinal));
    }

    private static MessageWriter Passed(Wire wire)
    {
        wire.Ask(new());
        return new();
    }
}
