using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>What happens to what was lent. What needs no answer is told later, together with something that does.</summary>
internal enum LentVerb : byte
{
    NewCache,
    Forward,
    Rewind,
    Accept,
    Draw,

    /// <summary>An answer is waited for: logits.</summary>
    AskForward,

    /// <summary>Probabilities.</summary>
    AskDistribution,

    /// <summary>Yes or no.</summary>
    AskAccept,

    /// <summary>A token.</summary>
    AskDraw,
}

/// <summary>
/// Models, sampling options and chance that the other side works with for the length of one call. They stay here; what happens to them is
/// done here, in the order in which it is told, with everything that they check and count.
/// </summary>
internal sealed class Lent
{
    /// <summary>So many answers of chance are told in advance: more than one short text asks for.</summary>
    private const int Ahead = 48;

    /// <summary>What one call may do. A text of a few hundred tokens takes a few thousand steps.</summary>
    public const int MostSteps = 500_000;

    /// <summary>Tokens of a call, and of a prompt.</summary>
    public const int MostTokens = 100_000;

    private readonly IReadOnlyList<ILanguageModel> models;
    private readonly List<ICache> caches = [];
    private readonly Func<IReadOnlyList<float>, double[]>? distribution;
    private readonly IRandomness randomness;
    private int steps;

    public Lent(IReadOnlyList<ILanguageModel> models, Func<IReadOnlyList<float>, double[]>? distribution, IRandomness randomness) =>
        (this.models, this.distribution, this.randomness) = (models, distribution, randomness);

    /// <summary>Asks the other side, which may use all this until it has answered.</summary>
    /// <param name="wire">To the other side.</param>
    /// <param name="write">Writes the question.</param>
    /// <returns>The answer.</returns>
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

    /// <summary>Answers a question about what was lent.</summary>
    public static MessageWriter Answer(Wire wire, MessageReader question) => wire.Lent.TryGetValue(question.Int(), out var lent)
        ? lent.Answer(question)
        : throw new WireException("A model or chance was used after the call had ended to which it was given.");

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
                throw new WireException("What was lent was asked for something that it is not.");
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
                $"One call did more than {MostSteps} things to its models and to chance. Look for a loop that never ends.");
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
                throw new WireException("What was lent was told something that it does not understand.");
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
        told.Int() is var index && index >= 0 && index < caches.Count ? caches[index] : throw new WireException("No such cache was made.");
}
