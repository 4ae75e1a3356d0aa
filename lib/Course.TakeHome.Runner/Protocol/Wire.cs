using System.Collections.Concurrent;
using System.Diagnostics;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// A conversation in which either side may ask while a question of the other's is open, as calls nest: whoever waits for an answer answers
/// what it is asked meanwhile. Both sides have the same; what each may be asked is <paramref name="answer"/>'s business.
/// </summary>
/// <param name="frames">Messages.</param>
/// <param name="answer">Answers a question. What it throws is told to whoever asked, unless it is a <see cref="WireException"/>: that ends
/// the conversation.</param>
/// <param name="saysWhere">
/// Whether the other side learns in which line an answer failed. The judge does not say: the names of its types are
/// answers that tests are to find.
/// </param>
public sealed class Wire(Frames frames, Func<Wire, MessageReader, MessageWriter> answer, bool saysWhere = false)
{
    /// <summary>
    /// Open questions of one side. A test asks a decoder, which asks a model: honest questions nest two deep. Each level takes stack.
    /// </summary>
    private const int Deepest = 8;

    private const byte Question = 1, Answer = 2, Failed = 3;

    // Asked by one thread at a time; a question within a question comes from the same one.
    private readonly Lock asking = new();
    private int open;
    private int calls;
    private long waited;
    private long waitsSince;

    /// <summary>Whether the conversation is over.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How long the other side was waited for, in all.</summary>
    public TimeSpan Waited =>
        Stopwatch.GetElapsedTime(
            0, Interlocked.Read(ref waited) + (WaitsSince is > 0 and var since ? Stopwatch.GetTimestamp() - since : 0));

    /// <summary>Since when it is waited for, as a timestamp; 0 where it is not.</summary>
    public long WaitsSince => Interlocked.Read(ref waitsSince);

    /// <summary>What was lent to the other side, by the call's number, for as long as the call lasts.</summary>
    internal ConcurrentDictionary<int, Lent> Lent { get; } = [];

    /// <summary>Numbers calls that something is lent to.</summary>
    internal int NextCall() => Interlocked.Increment(ref calls);

    /// <summary>What is known of the other side's models.</summary>
    internal ModelMemories Memories { get; } = new();

    /// <summary>Names of this side's models.</summary>
    internal ModelNames Names { get; } = new();

    /// <exception cref="WireException">There is no answer any more.</exception>
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

    /// <summary>An answer; null where the message was a question, which has been answered now.</summary>
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
                throw new WireException("A message is neither a question nor an answer.");
        }
    }

    /// <summary>Answers until the other side ends.</summary>
    public void Serve()
    {
        while (true)
        {
            var message = Received();
            if (message.Byte() != Question)
                throw new WireException("An answer came, and nothing had been asked.");
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
