using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// The other side's models, sampling options and randomness, for the duration of one call. Every use is sent to their owner. If its result
/// is already known here, the use is only noted in a journal, and the journal is sent with the next question.
/// </summary>
internal sealed class Borrowed
{
    /// <summary>The most probabilities that are remembered: enough for the distributions of a long text.</summary>
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

    /// <summary>Reads the description of what was lent.</summary>
    /// <param name="wire">The connection to the owner.</param>
    /// <param name="verb">The verb of questions about what was lent.</param>
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

    /// <summary>The lock for using a model: an answer may use both models from two threads, and they share the journal.</summary>
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

    /// <summary>Ends the call: starts its result with the rest of the journal. Nothing that was lent can be used any more.</summary>
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

    /// <summary>Notes a use whose result is known.</summary>
    internal void Tell(LentVerb verb, Action<MessageWriter> write)
    {
        RequireOpen();
        lock (journal)
        {
            write(journal.Byte((byte)verb));
            if (++steps + stepsBefore > Lent.MostSteps)
                throw new CourseException(
                    $"One call used its models and its randomness more than {Lent.MostSteps} times. Look for a loop that never ends.");
        }
    }

    internal MessageReader Ask(LentVerb verb, Action<MessageWriter> write)
    {
        RequireOpen();
        lock (journal) // until it is sent: a second thread's journal must not overtake it
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
                "A model or the randomness was used after the call that it was passed to had ended. Keep none of them, and leave no thread "
                + "running.");
    }
}
