using Course.Inference.Sampling;
using Course.Inference.Tokenization;

namespace Course.Inference.Decoding;

/// <summary>A decoder between two sides of text: a prompt goes in, its continuation streams out.</summary>
public sealed class TextGenerator(ITokenizer tokenizer, IDecoder decoder)
{
    /// <summary>A run over the prompt. The tokenizer's end tokens stop it, beside those of the options; stop tokens have no text.</summary>
    /// <param name="prompt">Empty is allowed where the tokenizer has a begin token to start from.</param>
    /// <param name="options">How to draw and when to stop.</param>
    /// <param name="randomness">Answers every question of chance.</param>
    /// <param name="stopTexts">Texts that end the run; neither they nor what follows is handed out.</param>
    /// <param name="cancellation">Ends the run before its next model call, without an exception.</param>
    /// <exception cref="CourseException">
    /// The prompt is no Unicode text, is empty or longer than the context, or an option is out of its range.
    /// </exception>
    public GenerationRun Generate(
        string prompt, DecodingOptions options, IRandomness randomness, IReadOnlyList<string>? stopTexts = null, CancellationToken cancellation = default)
    {
        if (stopTexts?.Any(stop => stop.Length == 0) == true)
            throw new CourseException("A stop text must not be empty: every text contains it.");
        int[] stops = [.. options.StopTokens, .. tokenizer.EndTokens];
        var (tokens, silent) = (tokenizer.EncodePrompt(prompt), stops.ToHashSet());
        GeneratedText Text() => new(tokenizer, tokens, silent, stopTexts ?? []);
        var run = decoder.Decode(tokens, WithStopTexts(options with { StopTokens = stops }, stopTexts, Text), randomness, cancellation);
        return new(run, Text());
    }

    private static DecodingOptions WithStopTexts(DecodingOptions options, IReadOnlyList<string>? stopTexts, Func<GeneratedText> text) =>
        stopTexts is not { Count: > 0 } ? options : options with { Stops = rule => new StopTextRule(options.Stops?.Invoke(rule) ?? rule, text()) };
}
