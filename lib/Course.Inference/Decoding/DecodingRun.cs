using System.Collections;
using System.Runtime.InteropServices;

namespace Course.Inference.Decoding;

/// <summary>
/// One continuation of one prompt: enumerate it, once, to get the tokens as they come; afterwards it knows why it ended,
/// what it cost and how long each token took.
/// </summary>
public class DecodingRun : IEnumerable<DecodedToken>
{
    private readonly MeteredModel model;
    private readonly StopRule stops;
    private readonly Func<IDecodingRound> begin;
    private readonly TimeProvider time;
    private readonly CancellationToken cancellation;
    private readonly List<DecodedToken> tokens = [];
    private bool begun;

    /// <param name="model">The model whose law is emitted; its account is the run's.</param>
    /// <param name="prompt">What is continued.</param>
    /// <param name="options">How to draw and when to stop.</param>
    /// <param name="begin">The decoder's part. Called when the enumeration begins; what it returns is disposed when that ends.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <param name="stops">When to end; by the options unless given.</param>
    /// <param name="cancellation">Ends the run before its next round.</param>
    /// <exception cref="CourseException">The prompt is empty or longer than the context, or an option is out of its range.</exception>
    public DecodingRun(
        MeteredModel model, IReadOnlyList<int> prompt, DecodingOptions options, Func<IDecodingRound> begin,
        TimeProvider? time = null, StopRule? stops = null, CancellationToken cancellation = default)
    {
        (this.model, this.begin, this.time, this.cancellation) = (model, begin, time ?? TimeProvider.System, cancellation);
        options.Validated();
        this.stops = stops ?? new(options, model.ContextLength);
        if (prompt.Count == 0)
            throw new CourseException("The prompt is empty, so there is nothing to continue. Give it at least one token: the begin token where the model has one.");
        if (prompt.Count > model.ContextLength)
            throw new CourseException(
                $"The prompt has {prompt.Count} tokens and this model's context is {model.ContextLength}. Shorten the prompt by at least {prompt.Count - model.ContextLength} tokens.");
        Prompt = [.. prompt];
    }

    public IReadOnlyList<int> Prompt { get; }

    /// <summary>The tokens so far.</summary>
    public IReadOnlyList<DecodedToken> Tokens => tokens;

    /// <summary>Why the run ended; null as long as it has not, or when its reader walked away.</summary>
    public StopReason? Stopped { get; private set; }

    /// <summary>Model calls, tokens fed, operations and bytes so far.</summary>
    public ModelUsage Usage => model.Usage;

    /// <summary>From the beginning of the enumeration to the first token; null when none came.</summary>
    public TimeSpan? TimeToFirstToken => tokens.Count > 0 ? tokens[0].At : null;

    /// <summary>The times between one token and the next: one fewer than there are tokens.</summary>
    public IReadOnlyList<TimeSpan> Intervals => [.. tokens.Zip(tokens.Skip(1), (earlier, later) => later.At - earlier.At)];

    public IEnumerator<DecodedToken> GetEnumerator()
    {
        if (begun)
            throw new InvalidOperationException($"A run happens once. Read {nameof(Tokens)} for what it emitted, or call the decoder for another run.");
        begun = true;
        return Run().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For the reader that ends the run because of what it read.</summary>
    internal void StopFor(StopReason reason) => Stopped = reason;

    private IEnumerable<DecodedToken> Run()
    {
        var start = time.GetTimestamp();
        var sequence = new List<int>(Prompt);
        using var round = begin();
        while (Stopped is null)
        {
            if (cancellation.IsCancellationRequested)
            {
                Stopped = StopReason.Cancelled;
                yield break;
            }
            var block = round.Next(CollectionsMarshal.AsSpan(sequence));
            for (var i = 0; i < block.Count; i++)
            {
                sequence.Add(block[i].Token);
                tokens.Add(new(block[i].Token, block[i].Probability, time.GetElapsedTime(start)));
                Stopped = stops.After(block[i].Token, tokens.Count, sequence.Count, left: block.Count - 1 - i);
                yield return tokens[^1];
                if (Stopped is not null)
                    yield break;
            }
        }
    }
}
