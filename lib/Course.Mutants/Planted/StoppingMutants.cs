using Course.Inference.Decoding;

namespace Course.Mutants.Planted;

/// <summary>Texts that end too late or too early.</summary>
internal static class StoppingMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("stop-token-inside-a-block", Area.Stopping,
            "Looks for a stop token only at the end of a block.",
            "Now and then a text goes on behind its end.",
            "Decoding one token at a time, the last token is the only one.",
            subject => subject.WithStops((options, context) => new AtTheEndOfTheBlock(options, context))),
        new("limit-at-the-end-of-the-block", Area.Stopping,
            "Drafts as ever near the limit, and looks at the limit after each block.",
            "Up to γ tokens more than were asked for.",
            "The loop says `while (emitted < limit)`.",
            subject => subject.WithStops((options, context) => new LateLimit(options, context))),
        new("limit-counts-the-prompt", Area.Stopping,
            "Counts the prompt's tokens towards the limit.",
            "Long prompts get short answers.",
            "Libraries have both limits, with names one letter apart.",
            subject => subject.WithStops((options, context) => new CountsThePrompt(options, context))),
        new("context-one-short", Area.Stopping,
            "Ends when the context is full, though one more token can be drawn from it.",
            "One token fewer, at the very end.",
            "A full context cannot be fed any more, so it looks finished.",
            subject => subject.WithStops((options, context) => new OneShort(options, context))),
        new("context-ignored-by-the-draft", Area.Stopping,
            "Drafts past the end of the target's context.",
            "An error, or garbage, at the end of long texts only.",
            "No test is that long.",
            subject => subject.WithStops((options, context) => new NoRoom(options, context))),
    ];

    private sealed class AtTheEndOfTheBlock(DecodingOptions options, int contextLength) : StopRule(options, contextLength)
    {
        public override StopReason? After(int token, int emitted, int length, int left) =>
            base.After(token, emitted, length, left) is { } reason && (reason != StopReason.EndToken || left == 0) ? reason : null;
    }

    private sealed class LateLimit(DecodingOptions options, int contextLength) : StopRule(options, contextLength)
    {
        public override StopReason? After(int token, int emitted, int length, int left) =>
            left == 0 && emitted >= Options.MaxTokens ? StopReason.TokenLimit : base.After(token, emitted == Options.MaxTokens ? -1 : emitted, length, left);

        public override int Left(int emitted, int length) => ContextLength + 1 - length;
    }

    private sealed class CountsThePrompt(DecodingOptions options, int contextLength) : StopRule(options, contextLength)
    {
        public override StopReason? After(int token, int emitted, int length, int left) => length >= Options.MaxTokens ? StopReason.TokenLimit : base.After(token, emitted, length, left);
    }

    private sealed class OneShort(DecodingOptions options, int contextLength) : StopRule(options, contextLength)
    {
        public override StopReason? After(int token, int emitted, int length, int left) => length >= ContextLength ? StopReason.ContextFull : base.After(token, emitted, length, left);
    }

    private sealed class NoRoom(DecodingOptions options, int contextLength) : StopRule(options, contextLength)
    {
        public override int Left(int emitted, int length) => Options.MaxTokens - emitted;
    }
}
