using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Runner.Answering;

/// <summary>The candidate's side of the protocol: creates answers, and calls them as the judge asks.</summary>
internal sealed class AnswerHost(IAdapter adapter)
{
    private readonly List<object> answers = [];
    private readonly PagedCaches caches = new();
    private readonly Suites suites = new();

    public MessageWriter Answer(Wire wire, MessageReader question) => (Verb)question.Byte() switch
    {
        Verb.New => New(question.Text()),
        Verb.Lent => Lent.Answer(wire, question),
        Verb.Admits => ServicePolicies.Admits(Of<IServicePolicy>(question), question),
        Verb.Starts => ServicePolicies.Starts(Of<IServicePolicy>(question), question),
        Verb.Drops => ServicePolicies.Drops(Of<IServicePolicy>(question), question),
        Verb.Distribution => Doubles(Of<IRejectionSampling>(question).Distribution(question.Floats()) ?? throw Null("Distribution")),
        Verb.Settle => Settle(wire, Of<IRejectionSampling>(question), question),
        Verb.Decode => RemoteDecoder.Answer(wire, (byte)Verb.Lent, question, Of<ISpeculativeDecoder>(question)),
        Verb.NewCache => caches.New(Of<ICacheRewind>(question), question),
        Verb.AfterRound => AfterRound(Of<ICacheRewind>(question), question),
        var verb and (Verb.CacheLength or Verb.Append or Verb.Read or Verb.Rewind) => caches.Answer(verb, question),
        Verb.Acceptance => Double(Of<ISpeedupEstimate>(question).Acceptance(
            question.List(() => new MeasuredRound(question.Int(), question.Int()), 8, 10_000))),
        Verb.TokensPerRound => Double(Of<ISpeedupEstimate>(question).TokensPerRound(question.Double(), question.Int())),
        Verb.Speedup => Double(
            Of<ISpeedupEstimate>(question).Speedup(question.Double(), question.Double(), Cost(wire), question.Int())),
        Verb.BestDraftLength => Int(
            Of<ISpeedupEstimate>(question).BestDraftLength(question.Double(), question.Double(), Cost(wire), question.Int())),
        Verb.CallSeconds => Double(Of<IBatchPressure>(question).CallSeconds(
            PressureCases.Machine(question), PressureCases.Needs(question), question.Int(), question.Int())),
        Verb.BatchSpeedup => Double(Of<IBatchPressure>(question).Speedup(PressureCases.Read(question), question.Int())),
        Verb.Crossover => Int(Of<IBatchPressure>(question).Crossover(PressureCases.Read(question), question.Int())),
        Verb.Chart => PressureCases.Chart(Of<IBatchPressure>(question), question),
        Verb.Tests => suites.List(Of<IDecoderTests>(question)),
        Verb.RunTest => suites.Run(wire, question),
        var verb => throw new WireException($"There is no question {verb}: both sides must be of the same version."),
    };

    private static MessageWriter Int(int value) => new MessageWriter().Int(value);

    private static MessageWriter Double(double value) => new MessageWriter().Double(value);

    private static MessageWriter Doubles(double[] values) => new MessageWriter().Doubles(values);

    internal static CheckFailedException Null(string member) => new($"{member} returned null.");

    private MessageWriter New(string exercise)
    {
        var contract = CheckSuite.Visible.SingleOrDefault(suite => suite.Exercise == exercise)?.Contract ?? typeof(ISpeculativeDecoder);
        var answer = adapter.AnswerTo(exercise);
        if (!contract.IsInstanceOfType(answer))
            throw new CheckFailedException(
                $"The adapter's answer is {answer?.GetType().Name ?? "null"}, which does not implement {contract.Name}. See Adapter.cs.");
        answers.Add(answer);
        return new MessageWriter().Int(answers.Count - 1);
    }

    private T Of<T>(MessageReader question) => (T)answers[question.Int()];

    private static MessageWriter Settle(Wire wire, IRejectionSampling answer, MessageReader question)
    {
        var (target, draft, guess) = (question.Doubles(), question.Doubles(), question.Int());
        var borrowed = new Borrowed(wire, (byte)Verb.Lent, question);
        var settled = answer.Settle(target, draft, guess, borrowed.Randomness);
        // The arrays are sent back, so that the judge sees whether the answer wrote into them.
        return borrowed.Ended().Int(settled.Token).Bool(settled.Accepted).Doubles(target).Doubles(draft);
    }

    private static MessageWriter AfterRound(ICacheRewind answer, MessageReader question)
    {
        var plan = answer.AfterRound(question.Int(), question.Int());
        return new MessageWriter().Int(plan.Target).Int(plan.Draft).Int(plan.DraftOwes);
    }

    private static Func<int, double> Cost(Wire wire) =>
        tokens => wire.Ask(new MessageWriter().Byte((byte)Verb.VerificationCost).Int(tokens)).Double();
}
