using Course.Inference.Decoding;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Sampling;
using Course.Inference.Tokenization;

namespace Course.Training.Evaluation;

/// <summary>A text that a model generated, with all that is needed to generate it again.</summary>
public sealed record Sample(string Prompt, double Temperature, double TopP, ulong Seed, string Continuation)
{
    /// <summary>The prompts of the samples on every model card.</summary>
    public static IReadOnlyList<(string Prompt, double Temperature, ulong Seed)> Plan { get; } =
    [
        ("Once upon a time, there was a little dog named Max.", 0.7, 1),
        ("One day, a girl named Lucy found a red ball in the park.", 0.7, 2),
        ("The old king had a secret.", 0.7, 3),
        ("Once upon a time", 0, 1),
    ];

    public static Sample Draw(LlamaModel model, ITokenizer tokenizer, string prompt, double temperature, ulong seed, int maxTokens = 200)
    {
        const double TopP = 0.95;
        var run = new CachedDecoder(model).Decode(
            tokenizer.EncodePrompt(prompt),
            new()
            {
                MaxTokens = maxTokens,
                Sampling = new() { Temperature = temperature, TopP = TopP },
                StopTokens = [.. tokenizer.EndTokens]
            },
            new SeededRandomness(seed));
        return new(prompt, temperature, TopP, seed, tokenizer.Decode(run.Select(token => token.Token)));
    }
}
