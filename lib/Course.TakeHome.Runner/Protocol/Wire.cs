using System.Collections.Concurrent;
using System.Diagnostics;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// A conversation in which either side may ask while a question of the other side is open, as calls nest: a side that waits for a reply
/// answers questions meanwhile. Both sides use this class; <paramref name="answer"/> decides which questions a side answers.
/// </summary>
/// <param name="frames">The messages.</param>
/// <param name="answer">Answers a question. An exception is sent to the side that asked, except for <see cref="WireException"/>, which ends
/// the conversation.</param>
/// <param name="saysWhere">
/// Whether the other side learns where an answer failed. The judge does not tell: the names of its types would reveal which decoders
/// are wrong.
/// </param>
public sealed class Wire(Frames frames, Func<Wire, MessageReader, MessageWriter> answer, bool saysWhere = false)
{
    /// <summary>
    /// The most open questions of one side. A test asks a decoder, which asks a model: correct code nests two
    /// levels. Each level takes stack.
    /// </summary>
    private const int Deepest = 8;

    private const byte Question = 1, Answer = 2, Failed = 3;

    // One thread asks at a time; a nested question comes from the same thread.
    private readonly Lock asking = new();
    private int open;
    private int calls;
    private long waited;
    private long waitsSince;

    /// <summary>Whether the conversation is over.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The total time that this side has waited for the other one.</summary>
    public TimeSpan Waited =>
        Stopwatch.GetElapsedTime(
            0, Interlocked.Read(ref waited) + (WaitsSince is > 0 and var since ? Stopwatch.GetTimestamp() - since : 0));

    /// <summary>Since when this side has been waiting, as a <see cref="Stopwatch"/> timestamp; 0 if it is not waiting.</summary>
    public long WaitsSince => Interlocked.Read(ref waitsSince);

    /// <summary>What is lent to the other side, by the number of the call that it is lent to.</summary>
    internal ConcurrentDictionary<int, Lent> Lent { get; } = [];

    /// <summary>The number of the next call that something is lent to.</summary>
    internal int NextCall() => Interlocked.Increment(ref calls);

    /// <summary>The known logits of the other side's models.</summary>
    internal ModelMemories Memories { get; } = new();

    /// <summary>The numbers of this side's models.</summary>
    internal ModelNames Names { get; } = new();

    /// <summary>Asks a question and waits for the reply, answering questions of the other side meanwhile.</summary>
    /// <exception cref="WireException">The conversation has ended.</exception>
    /// <exception cref="CourseException">Too many questions are open.</exception>
    public MessageReader Ask(MessageWriter question)
    {
        lock (asking)
        {
            if (open == Deepest)
                throw new CourseException(
                    $"{Deepest} questions are open, each asked to answer the one before. A model must not call the decoder that calls it.");
            open++;
            try
            {
                Send(Question, question.Bytes);
                while (true)
                    if (Answered(Received()) is { } answered)
                        return answered;
            }
            finally
            {
                open--;
            }
        }
    }

    /// <summary>The reply in a message; null if the message was a question, which is then answered.</summary>
    private MessageReader? Answered(MessageReader message)
    {
        switch (message.Byte())
        {
            case Question:
                AnswerTo(message);
                return null;
            case Answer:
                return message;
            case Failed:
                throw Failure.Read(message);
            default:
                throw new WireException("A message is neither a question nor a reply.");
        }
    }

    /// <summary>Answers questions until the other side ends.</summary>
    /// <exception cref="WireException">The other side has ended.</exception>
    public void Serve()
    {
        while (true)
        {
            var message = Received();
            if (message.Byte() != Question)
                throw new WireException("A reply came, but no question was open.");
            AnswerTo(message);
        }
    }

    private void AnswerTo(MessageReader question)
    {
        try
        {
            var said = answer(this, question);
            lock (asking)
                Send(Answer, said.Bytes);
        }
        catch (Exception e) when (e is not WireException)
        {
            var told = new MessageWriter();
            Failure.Write(told, e, saysWhere);
            lock (asking)
                Send(Failed, told.Bytes);
        }
    }

    private void Send(byte kind, ReadOnlySpan<byte> content) => frames.Send(new MessageWriter().Byte(kind).Raw(content).Bytes);

    private MessageReader Received()
    {
        var start = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref waitsSince, start);
        try
        {
            return new(frames.Receive());
        }
        catch (WireException)
        {
            IsBroken = true;
            throw;
        }
        finally
        {
            Interlocked.Exchange(ref waitsSince, 0);
            Interlocked.Add(ref waited, Stopwatch.GetTimestamp() - start);
        }
    }
}
