using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// The other side's models, sampling options and chance, for the length of one call. Every question goes to their owner; where the answer
/// is known already the question is kept and goes together with the next that has to wait.
/// </summary>
internal sealed class Borrowed
{
    /// <summary>Probabilities that are remembered: as many distributions as a long text has.</summary>
    private const int MostNumbers = 1_000_000;

    private readonly Wire wire;
    private readonly int call;
    private readonly MessageWriter journal = new();
    private readonly BorrowedRandomness randomness;
    private readonly Dictionary<string, double[]> distributions = [];
    private int kept;
    private int steps;
    private int stepsBefore;
    private int caches;
    private bool ended;

    /// <param name="wire">To the owner.</param>
    /// <param name="verb">What the owner calls a question about what it lent.</param>
    /// <param name="described">The owner's description.</param>
    public Borrowed(Wire wire, byte verb, MessageReader described)
    {
        (this.wire, Verb, call) = (wire, verb, described.Int());
        Models = [.. described.List(() => (Name: described.Int(), Vocabulary: described.Int(), Table: described.Bool()), 9, 2)
            .Select((model, index) => new BorrowedModel(this, index, model.Vocabulary, model.Table ? wire.Memories.Of(model.Name) : null))];
        randomness = new(this, described.Doubles());
    }

    private byte Verb { get; }

    public IReadOnlyList<ILanguageModel> Models { get; }

    public IRandomness Randomness => randomness;

    /// <summary>Held by one who uses a model: both models may be asked from two threads at once, and share what is known.</summary>
    internal object Gate => journal;

    /// <summary>[V] logits → [V] probabilities.</summary>
    public double[] Distribution(IReadOnlyList<float> logits)
    {
        float[] row = [.. logits];
        var key = new string(System.Runtime.InteropServices.MemoryMarshal.Cast<float, char>(row));
        lock (journal)
        {
            if (!distributions.TryGetValue(key, out var probabilities))
                Keep(key, probabilities = Ask(LentVerb.AskDistribution, question => question.Floats(row)).Doubles());
            return [.. probabilities];
        }
    }

    private void Keep(string key, double[] probabilities)
    {
        if ((kept += probabilities.Length) > MostNumbers)
        {
            distributions.Clear();
            kept = probabilities.Length;
        }
        distributions.Add(key, probabilities);
    }

    /// <summary>Writes what was not yet told in front of the call's result. Nothing can be asked any more.</summary>
    public MessageWriter Ended()
    {
        ended = true;
        var result = new MessageWriter();
        Flush(result);
        return result;
    }

    internal int NewCache(int model)
    {
        lock (journal)
        {
            Tell(LentVerb.NewCache, told => told.Int(model));
            return caches++;
        }
    }

    /// <summary>Tells something whose answer is known.</summary>
    internal void Tell(LentVerb verb, Action<MessageWriter> write)
    {
        RequireOpen();
        lock (journal)
        {
            write(journal.Byte((byte)verb));
            if (++steps + stepsBefore > Lent.MostSteps)
                throw new CourseException(
                    $"One call did more than {Lent.MostSteps} things to its models and to chance. Look for a loop that never ends.");
        }
    }

    internal MessageReader Ask(LentVerb verb, Action<MessageWriter> write)
    {
        RequireOpen();
        lock (journal) // until it is sent: what a second thread tells next must not arrive before
        {
            var question = new MessageWriter().Byte(Verb).Int(call);
            Flush(question);
            write(question.Byte((byte)verb));
            return wire.Ask(question);
        }
    }

    private void Flush(MessageWriter message)
    {
        message.Int(steps).Raw(journal.Bytes);
        journal.Clear();
        (stepsBefore, steps) = (stepsBefore + steps + 1, 0);
    }

    private void RequireOpen()
    {
        if (ended)
            throw new CourseException(
                "A model or chance was used after the call had ended to which it was given. Keep " +
                "none of them, and leave no thread running.");
    }
}
