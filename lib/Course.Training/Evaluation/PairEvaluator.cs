using System.Security.Cryptography;
using Course.Inference;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Sampling;
using Course.Inference.Tokenization;
using Course.Training.Corpora;
using Course.Training.Pairs;
using TorchSharp;

namespace Course.Training.Evaluation;

/// <summary>Measures a trained pair on continuations of held-out stories.</summary>
public static class PairEvaluator
{
    public const int Prompts = 128, PromptTokens = 24, ContinuationTokens = 64;
    private const ulong Seed = 1;

    public static PairReport Measure(PairFolder folder, Corpus corpus, torch.Device device, string command)
    {
        using LlamaModel target = Models.LoadReadable(folder.Target, device), draft = Models.LoadReadable(folder.Draft, device);
        var prompts = PromptsOf(corpus.HeldOut, folder.Tokenizer().RequireFits(target, folder.Target).RequireFits(draft, folder.Draft));
        var length = Math.Min(ContinuationTokens, Math.Min(target.ContextLength, draft.ContextLength) - PromptTokens);
        AcceptanceRate Rate(SamplingOptions sampling) =>
            Acceptance.Measure(target, draft, prompts, length, sampling, target.Configuration.EndTokens, Seed);
        return new()
        {
            Command = command,
            Method =
                $"The target continues the first {PromptTokens} tokens (begin token included) of {prompts.Count} held-out stories " +
                $"by up to {length} tokens, and at every position the draft sees the same tokens. " +
                "Sampling: temperature 1, mean of the sum over the vocabulary of min(p, q). " +
                "Greedy: temperature 0, share of positions where both have the same most probable token.",
            Sampling = Rate(SamplingOptions.Default),
            Greedy = Rate(SamplingOptions.Greedy),
            Cost = PairReport.CostOf(draft, target),
            TargetSha256 = Sha256(folder.Target),
            DraftSha256 = Sha256(folder.Draft),
        };
    }

    public static string Sha256(string model)
    {
        using var stream = File.OpenRead(Path.Combine(model, "model.safetensors"));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>Returns prompts spread evenly over the held-out text, from stories that are long enough.</summary>
    private static IReadOnlyList<int[]> PromptsOf(IReadOnlyList<string> heldOut, ITokenizer tokenizer)
    {
        var stories = heldOut.Select(tokenizer.EncodePrompt).Where(tokens => tokens.Count >= PromptTokens).ToList();
        if (stories.Count == 0)
            throw new CourseException(
                $"No held-out story has {PromptTokens} tokens, so there are no prompts. Give longer held-out texts.");
        var count = Math.Min(Prompts, stories.Count);
        return [.. Enumerable.Range(0, count).Select(i => stories[(int)((long)i * stories.Count / count)].Take(PromptTokens).ToArray())];
    }
}
