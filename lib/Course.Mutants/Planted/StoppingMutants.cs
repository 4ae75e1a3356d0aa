using Course.Inference.Decoding;
using Course.Inference.Modeling;

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
            subject => subject.WithStops((_, right) => new AtTheEndOfTheBlock(right))),
        new("limit-at-the-end-of-the-block", Area.Stopping,
            "Drafts as ever near the limit, and looks at the limit after each block.",
            "Up to γ tokens more than were asked for.",
            "The loop says `while (emitted < limit)`.",
            subject => subject.WithStops((options, right) => new LateLimit(options, right))),
        new("limit-counts-the-prompt", Area.Stopping,
            "Counts the prompt's tokens towards the limit.",
            "Long prompts get short answers.",
            "Libraries have both limits, with names one letter apart.",
            subject => subject.WithStops((options, right) => new CountsThePrompt(options, right))),
        new("context-one-short", Area.Stopping,
            "Ends when the context is full, though one more token can be drawn from it.",
            "One token fewer, at the very end.",
            "A full context cannot be fed any more, so it looks finished.",
            subject => subject with { Target = model => new OtherContext(model, -1) }),
        new("context-ignored-by-the-draft", Area.Stopping,
            "Drafts past the end of the target's context.",
            "An error, or garbage, at the end of long texts only.",
            "No test is that long.",
            subject => subject with { Target = model => new OtherContext(model, 16) }),
    ];

    private sealed class AtTheEndOfTheBlock(IStopRule right) : IStopRule
    {
        public StopReason? After(int token, int emitted, int length, int left) =>
            right.After(token, emitted, length, left) is { } reason && (reason != StopReason.EndToken || left == 0) ? reason : null;

        public int Left(int emitted, int length) => right.Left(emitted, length);
    }

    private sealed class LateLimit(DecodingOptions options, StopRule right) : IStopRule
    {
        public StopReason? After(int token, int emitted, int length, int left) =>
            left == 0 && emitted >= options.MaxTokens ? StopReason.TokenLimit : right.After(token, emitted == options.MaxTokens ? -1 : emitted, length, left);

        public int Left(int emitted, int length) => right.ContextLength + 1 - length;
    }

    private sealed class CountsThePrompt(DecodingOptions options, IStopRule right) : IStopRule
    {
        public StopReason? After(int token, int emitted, int length, int left) =>
            length >= options.MaxTokens ? StopReason.TokenLimit : right.After(token, emitted, length, left);

        public int Left(int emitted, int length) => right.Left(emitted, length);
    }

    /// <summary>A model with another context, by what it says.</summary>
    private sealed class OtherContext(ILanguageModel model, int more) : ILanguageModel
    {
        public int VocabularySize => model.VocabularySize;

        public int ContextLength => model.ContextLength + more;

        public IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => model.CreateCache(rows, options);

        public Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default) => model.Forward(tokens, cache, wanted);

        public ForwardCost Cost(ForwardShape shape) => model.Cost(shape);
    }
}
