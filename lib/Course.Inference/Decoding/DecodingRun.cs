using System.Collections;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>
/// One continuation of one prompt: enumerate it, once, to get the tokens as they come; afterwards it knows why it ended, what it cost and
/// how long each token took.
/// </summary>
public class DecodingRun : IEnumerable<DecodedToken>
{
    private readonly Sequence sequence;
    private readonly MeteredModel model;
    private readonly IEnumerable<DecodedToken> tokens;
    private bool begun;

    /// <param name="sequence">What is continued.</param>
    /// <param name="model">Its account is the run's.</param>
    /// <param name="tokens">The decoder's part, which appends to the sequence what it hands over. Enumerated once.</param>
    internal DecodingRun(Sequence sequence, MeteredModel model, IEnumerable<DecodedToken> tokens) =>
        (this.sequence, this.model, this.tokens) = (sequence, model, tokens);

    public IReadOnlyList<int> Prompt => sequence.Prompt;

    /// <inheritdoc cref="Sequence.Tokens"/>
    public IReadOnlyList<DecodedToken> Tokens => sequence.Tokens;

    /// <inheritdoc cref="Sequence.Stopped"/>
    public StopReason? Stopped => sequence.Stopped;

    /// <summary>Model calls, tokens fed, operations and bytes so far.</summary>
    public ModelUsage Usage => model.Usage;

    /// <inheritdoc cref="Sequence.TimeToFirstToken"/>
    public TimeSpan? TimeToFirstToken => sequence.TimeToFirstToken;

    /// <inheritdoc cref="Sequence.Intervals"/>
    public IReadOnlyList<TimeSpan> Intervals => sequence.Intervals;

    public IEnumerator<DecodedToken> GetEnumerator()
    {
        if (begun)
            throw new InvalidOperationException($"A run happens once. Read {nameof(Tokens)} for what it emitted, or call the decoder for another run.");
        begun = true;
        return tokens.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
