using System.Runtime.InteropServices;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>
/// A prompt and what has been emitted after it, how it is drawn, when its tokens came and why it ended: the same rules alone and in a
/// batch.
/// </summary>
public sealed class Sequence
{
    private readonly SequenceRequest request;
    private readonly IStopRule stops;
    private readonly List<int> text;
    private readonly List<DecodedToken> tokens = [];
    private TimeProvider? time;
    private long start;

    /// <param name="request">What is continued, and how.</param>
    /// <param name="contextLength">Of the model that continues it.</param>
    /// <param name="name">What to call the prompt in an error.</param>
    /// <exception cref="CourseException">The prompt is empty or longer than the context, or an option is out of its range.</exception>
    public Sequence(SequenceRequest request, int contextLength, string name = "The prompt")
    {
        var prompt = request.Prompt;
        if (prompt.Count == 0)
            throw new CourseException($"{name} is empty, so there is nothing to continue. Give it at least one token: the begin token where the model has one.");
        if (prompt.Count > contextLength)
            throw new CourseException(
                $"{name} has {prompt.Count} tokens and this model's context is {contextLength}. Shorten the prompt by at least {prompt.Count - contextLength} tokens.");
        (this.request, text, Prompt) = (request, [.. prompt], [.. prompt]);
        var rule = new StopRule(request.Options.Validated(), contextLength);
        stops = request.Options.Stops?.Invoke(rule) ?? rule;
    }

    public IReadOnlyList<int> Prompt { get; }

    /// <summary>How it is drawn and when it stops.</summary>
    public DecodingOptions Options => request.Options;

    /// <summary>Answers every question of chance about this sequence, a drafter's with them.</summary>
    public IRandomness Randomness => request.Randomness;

    /// <summary>The tokens emitted so far.</summary>
    public IReadOnlyList<DecodedToken> Tokens => tokens;

    /// <summary>Prompt and all emitted tokens; it holds until the next one is emitted.</summary>
    public ReadOnlySpan<int> Text => CollectionsMarshal.AsSpan(text);

    /// <summary>Prompt and emitted tokens.</summary>
    public int Length => text.Count;

    /// <summary>Why it ended; null as long as it has not, or when its reader walked away.</summary>
    public StopReason? Stopped { get; private set; }

    /// <summary>From its beginning to the first token; null when none came.</summary>
    public TimeSpan? TimeToFirstToken => tokens.Count > 0 ? tokens[0].At : null;

    /// <summary>The times between one token and the next: one fewer than there are tokens.</summary>
    public IReadOnlyList<TimeSpan> Intervals => [.. tokens.Zip(tokens.Skip(1), (earlier, later) => later.At - earlier.At)];

    /// <summary>The most tokens that can still be emitted: drafts need not go beyond.</summary>
    internal int Left => stops.Left(tokens.Count, text.Count);

    /// <summary>Starts its clock, once: a sequence that leaves and joins again goes on as it was.</summary>
    internal void Begin(TimeProvider clock)
    {
        if (time is null)
            (time, start) = (clock, clock.GetTimestamp());
    }

    /// <summary>Since it began.</summary>
    internal TimeSpan Elapsed => time!.GetElapsedTime(start);

    /// <param name="choice">What follows.</param>
    /// <param name="at">When it came, since the sequence began.</param>
    /// <param name="left">Tokens of the same step that would follow it.</param>
    internal void Append(TokenChoice choice, TimeSpan at, int left = 0)
    {
        text.Add(choice.Token);
        tokens.Add(new(choice.Token, choice.Probability, at));
        Stopped = stops.After(choice.Token, tokens.Count, text.Count, left);
    }

    /// <summary>Ends it for a reason that is not in its tokens.</summary>
    internal void Stop(StopReason reason) => Stopped = reason;
}
