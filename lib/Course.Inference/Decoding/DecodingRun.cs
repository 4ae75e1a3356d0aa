using System.Collections;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>
/// One continuation of one prompt: enumerate it, once, to get the tokens as they come; afterwards it knows why it ended,
/// what it cost and how long each token took.
/// </summary>
public class DecodingRun : IEnumerable<DecodedToken>
{
    private readonly MeteredModel model;
    private readonly Continuation continuation;
    private readonly Func<IDecodingRound> begin;
    private readonly TimeProvider time;
    private readonly CancellationToken cancellation;
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
        continuation = new(prompt, stops ?? new(options.Validated(), model.ContextLength), model.ContextLength);
    }

    public IReadOnlyList<int> Prompt => continuation.Prompt;

    /// <inheritdoc cref="Continuation.Tokens"/>
    public IReadOnlyList<DecodedToken> Tokens => continuation.Tokens;

    /// <inheritdoc cref="Continuation.Stopped"/>
    public StopReason? Stopped => continuation.Stopped;

    /// <summary>Model calls, tokens fed, operations and bytes so far.</summary>
    public ModelUsage Usage => model.Usage;

    /// <inheritdoc cref="Continuation.TimeToFirstToken"/>
    public TimeSpan? TimeToFirstToken => continuation.TimeToFirstToken;

    /// <inheritdoc cref="Continuation.Intervals"/>
    public IReadOnlyList<TimeSpan> Intervals => continuation.Intervals;

    public IEnumerator<DecodedToken> GetEnumerator()
    {
        if (begun)
            throw new InvalidOperationException($"A run happens once. Read {nameof(Tokens)} for what it emitted, or call the decoder for another run.");
        begun = true;
        return Run().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>For the reader that ends the run because of what it read.</summary>
    internal void StopFor(StopReason reason) => continuation.StopFor(reason);

    private IEnumerable<DecodedToken> Run()
    {
        var start = time.GetTimestamp();
        using var round = begin();
        while (Stopped is null)
        {
            if (cancellation.IsCancellationRequested)
            {
                StopFor(StopReason.Cancelled);
                yield break;
            }
            var block = round.Next(continuation.Sequence);
            for (var i = 0; i < block.Count; i++)
            {
                yield return continuation.Append(block[i], time.GetElapsedTime(start), left: block.Count - 1 - i);
                if (Stopped is not null)
                    yield break;
            }
        }
    }
}
