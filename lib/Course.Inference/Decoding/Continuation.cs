using System.Runtime.InteropServices;
using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>What has been emitted behind one prompt, and why it ended: alone or as a row of a batch, the same rules.</summary>
public sealed class Continuation
{
    private readonly StopRule stops;
    private readonly List<int> sequence;
    private readonly List<DecodedToken> tokens = [];

    /// <param name="prompt">What is continued.</param>
    /// <param name="stops">When it ends.</param>
    /// <param name="contextLength">Of the model that continues it.</param>
    /// <param name="name">What to call the prompt in an error.</param>
    /// <exception cref="CourseException">The prompt is empty or longer than the context.</exception>
    internal Continuation(IReadOnlyList<int> prompt, StopRule stops, int contextLength, string name = "The prompt")
    {
        if (prompt.Count == 0)
            throw new CourseException($"{name} is empty, so there is nothing to continue. Give it at least one token: the begin token where the model has one.");
        if (prompt.Count > contextLength)
            throw new CourseException(
                $"{name} has {prompt.Count} tokens and this model's context is {contextLength}. Shorten the prompt by at least {prompt.Count - contextLength} tokens.");
        (Prompt, this.stops) = ([.. prompt], stops);
        sequence = [.. prompt];
    }

    public IReadOnlyList<int> Prompt { get; }

    /// <summary>The tokens so far.</summary>
    public IReadOnlyList<DecodedToken> Tokens => tokens;

    /// <summary>Why it ended; null as long as it has not, or when its reader walked away.</summary>
    public StopReason? Stopped { get; private set; }

    /// <summary>From the beginning of the run to the first token; null when none came.</summary>
    public TimeSpan? TimeToFirstToken => tokens.Count > 0 ? tokens[0].At : null;

    /// <summary>The times between one token and the next: one fewer than there are tokens.</summary>
    public IReadOnlyList<TimeSpan> Intervals => [.. tokens.Zip(tokens.Skip(1), (earlier, later) => later.At - earlier.At)];

    /// <summary>Prompt and all emitted tokens.</summary>
    internal ReadOnlySpan<int> Sequence => CollectionsMarshal.AsSpan(sequence);

    /// <param name="choice">What follows.</param>
    /// <param name="at">When it came, since the run began.</param>
    /// <param name="left">Tokens of the same round that would follow it.</param>
    internal DecodedToken Append(TokenChoice choice, TimeSpan at, int left = 0)
    {
        sequence.Add(choice.Token);
        tokens.Add(new(choice.Token, choice.Probability, at));
        Stopped = stops.After(choice.Token, tokens.Count, sequence.Count, left);
        return tokens[^1];
    }

    /// <summary>Ends it for a reason that is not in its tokens.</summary>
    internal void StopFor(StopReason reason) => Stopped = reason;
}
