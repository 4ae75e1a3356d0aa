using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>Uses of what was lent. Those without a reply are collected and sent together with the next one that needs a reply.</summary>
internal enum LentVerb : byte
{
    NewCache,
    Forward,
    Rewind,
    Accept,
    Draw,

    /// <summary>Feeds tokens; the reply is their logits.</summary>
    AskForward,

    /// <summary>Applies the sampling options; the reply is probabilities.</summary>
    AskDistribution,

    /// <summary>Asks for a decision; the reply is yes or no.</summary>
    AskAccept,

    /// <summary>Asks for a draw; the reply is a token.</summary>
    AskDraw,
}

/// <summary>
/// Models, sampling options and randomness that the other side uses for the duration of one call. They stay on this side: every use is
/// carried out here, in the order in which it is reported, so that their checks and counts apply.
/// </summary>
internal sealed class Lent
{
    /// <summary>The number of random numbers that are sent in advance: more than a short text needs.</summary>
    private const int Ahead = 48;

    /// <summary>The most uses in one call. A text of a few hundred tokens takes a few thousand.</summary>
    public const int MostSteps = 500_000;

    /// <summary>The most tokens that are fed in one use.</summary>
    public const int MostTokens = 100_000;

    private readonly IReadOnlyList<ILanguageModel> models;
    private readonly List<ICache> caches = [];
    private readonly Func<IReadOnlyList<float>, double[]>? distribution;
    private readonly IRandomness randomness;
    private int steps;

    public Lent(IReadOnlyList<ILanguageModel> models, Func<IReadOnlyList<float>, double[]>? distribution, IRandomness randomness) =>
        (this.models, this.distribution, this.randomness) = (models, distribution, randomness);

    /// <summary>Asks the other side a question, and lends everything to it until it has replied.</summary>
    /// <param name="wire">The connection to the other side.</param>
    /// <param name="write">Writes the question.</param>
    /// <returns>The reply.</returns>
    public MessageReader Ask(Wire wire, Action<MessageWriter> write)
    {
        var call = wire.NextCall();
        wire.Lent[call] = this;
        try
        {
            var question = new MessageWriter();
            write(question);
            Describe(question.Int(call), wire.Names);
            var answer = wire.Ask(question);
            Replay(answer);
            return answer;
        }
        finally
        {
            wire.Lent.TryRemove(call, out _);
        }
    }

    /// <summary>Replies to a question about what was lent.</summary>
    public static MessageWriter Answer(Wire wire, MessageReader question) => wire.Lent.TryGetValue(question.Int(), out var lent)
        ? lent.Answer(question)
        : throw new WireException("A model or the randomness was used after the call that it was lent to had ended.");

    private MessageWriter Answer(MessageReader question)
    {
        Replay(question);
        var answer = new MessageWriter();
        switch ((LentVerb)question.Byte())
        {
            case LentVerb.AskForward:
                answer.List([.. Forward(question)], row => answer.Floats(row));
                break;
            case LentVerb.AskDistribution:
                answer.Doubles((distribution ?? throw new WireException("No sampling options were lent."))(question.Floats()));
                break;
            case LentVerb.AskAccept:
                Foretell(answer.Bool(randomness.Accept(question.Double())));
                break;
            case LentVerb.AskDraw:
                Foretell(answer.Int(randomness.Draw(question.Doubles())));
                break;
            default:
                throw new WireException("An unknown question about what was lent arrived.");
        }
        question.End();
        return answer;
    }

    private void Describe(MessageWriter question, ModelNames names)
    {
        question.List(models, model => question.Int(names.Of(model)).Int(model.VocabularySize).Bool(ModelNames.IsTable(model)));
        Foretell(question);
    }

    private void Foretell(MessageWriter message) => message.Doubles((randomness as IForeknown)?.Foretell(Ahead) ?? []);

    private void Replay(MessageReader told)
    {
        var count = told.Int();
        if (count < 0 || (steps += count + 1) > MostSteps + 1)
            throw new CheckFailedException(
                $"One call used its models and its randomness more than {MostSteps} times. Look for a loop that never ends.");
        for (var i = 0; i < count; i++)
            Step(told);
    }

    private void Step(MessageReader told)
    {
        switch ((LentVerb)told.Byte())
        {
            case LentVerb.NewCache:
                caches.Add(Model(told).CreateCache());
                break;
            case LentVerb.Forward:
                Forward(told);
                break;
            case LentVerb.Rewind:
                Cache(told).Rewind(told.Int());
                break;
            case LentVerb.Accept:
                randomness.Accept(told.Double());
                break;
            case LentVerb.Draw:
                randomness.Draw(told.Doubles());
                break;
            default:
                throw new WireException("An unknown use of what was lent was reported.");
        }
    }

    private IReadOnlyList<float[]> Forward(MessageReader told)
    {
        var (model, cache, tokens) = (Model(told), Cache(told), told.Ints(MostTokens));
        return model.Forward(tokens, cache);
    }

    private ILanguageModel Model(MessageReader told) =>
        told.Int() is var index && index >= 0 && index < models.Count ? models[index] : throw new WireException("No such model was lent.");

    private ICache Cache(MessageReader told) =>
        told.Int() is var index && index >= 0 && index < caches.Count
            ? caches[index]
            : throw new WireException("No such cache was created.");
}
