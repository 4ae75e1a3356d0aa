using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;
using Course.TakeHome.Sandboxing;

namespace Course.TakeHome.Grading.Judging;

/// <summary>
/// The judge's end of a conversation with a candidate's process. Checks get answers that look local; each call of one is a message, and
/// what the answer asks meanwhile is answered here, so that models and randomness never leave this process.
/// </summary>
internal sealed class JudgeSide : IAdapter
{
    /// <summary>The most verification costs that one call may ask for. A wide search asks for a few hundred.</summary>
    private const int MostPrices = 100_000;

    private readonly List<ISpeculativeDecoder> shown = [];
    private Func<int, double>? verificationCost;
    private int prices;

    public JudgeSide(SandboxConversation conversation)
    {
        Wire = new(new(conversation.Output, conversation.Input), Answer);
        Clock = new(Wire, conversation);
    }

    public Wire Wire { get; }

    /// <summary>The clock of the candidate's code.</summary>
    public AnswerClock Clock { get; }

    /// <summary>The number of questions so far. Values read from an answer are still valid only if nothing was asked since.</summary>
    public int Asked { get; private set; }

    public object AnswerTo(string exercise)
    {
        var handle = Ask(Verb.New, question => question.Text(exercise)).Int();
        return exercise switch
        {
            "filter" => new RemotePolicy(this, handle),
            "rejection" => new RemoteRejection(this, handle),
            "rewind" => new RemoteRewind(this, handle),
            "speedup" => new RemoteSpeedup(this, handle),
            "pressure" => new RemotePressure(this, handle),
            "tests" => new RemoteSuite(this, handle),
            _ => new RemoteDecoder(Wire, (byte)Verb.Decode, handle),
        };
    }

    /// <summary>Asks the candidate's process, and returns its reply.</summary>
    public MessageReader Ask(Verb verb, Action<MessageWriter> write)
    {
        Asked++;
        var question = new MessageWriter().Byte((byte)verb);
        write(question);
        return Wire.Ask(question);
    }

    /// <summary>The same, with a function for verification costs that may be asked for meanwhile.</summary>
    public MessageReader Ask(Verb verb, Func<int, double> cost, Action<MessageWriter> write)
    {
        (verificationCost, prices) = (cost, 0);
        try
        {
            return Ask(verb, write);
        }
        finally
        {
            verificationCost = null;
        }
    }

    /// <summary>Lets the candidate's tests use a decoder of this side, under a number that does not identify it.</summary>
    public int Show(ISpeculativeDecoder decoder)
    {
        shown.Add(decoder);
        return shown.Count - 1;
    }

    private MessageWriter Answer(Wire wire, MessageReader question) => (Verb)question.Byte() switch
    {
        Verb.Lent => Lent.Answer(wire, question),
        Verb.VerificationCost => Price(question),
        Verb.Decode => RemoteDecoder.Answer(wire, (byte)Verb.Lent, question, Shown(question.Int())),
        var verb => throw new WireException($"The process sent the unknown question {(byte)verb}."),
    };

    private MessageWriter Price(MessageReader question)
    {
        var tokens = question.Int();
        question.End();
        if (verificationCost is null)
            throw new WireException("The cost of a verification was asked for after the call had ended.");
        if (++prices > MostPrices)
            throw new CheckFailedException(
                $"The cost of a verification was asked for {MostPrices} times in one call. Look for a loop that never ends.");
        return new MessageWriter().Double(verificationCost(tokens));
    }

    private ISpeculativeDecoder Shown(int handle) =>
        handle == shown.Count - 1
            ? shown[handle]
            : throw new WireException("A decoder was used after the test that it was given to had ended.");
}
