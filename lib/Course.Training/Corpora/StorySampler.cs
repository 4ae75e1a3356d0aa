using System.Text;
using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Tokenization;

namespace Course.Training.Corpora;

/// <summary>
/// Generates a small corpus with a model: several stories for each opening. Every fourth opening goes to the held-out file, so no held-out
/// story begins like a training story.
/// </summary>
/// <remarks>
/// Such text follows the model's own distribution: its perplexity under that model is determined by the model's entropy and is lower than
/// on text written by people. It is useful to try training and to compare formats, but it does not show how good the model is.
/// </remarks>
public sealed class StorySampler(ILanguageModel model, ITokenizer tokenizer)
{
    public const string TrainingFile = "stories.txt";

    private const int HoldOutEvery = 4;

    private static readonly DecodingOptions Options = new()
    {
        MaxTokens = 480,
        Sampling = SamplingOptions.Default with { Temperature = 0.8, TopP = 0.95 },
    };

    /// <summary>Writes <see cref="TrainingFile"/> and <see cref="Corpus.HeldOutFile"/>.</summary>
    /// <param name="folder">The folder, which is created.</param>
    /// <param name="openings">The openings of the stories.</param>
    /// <param name="perOpening">The number of stories to sample for each opening; unfinished stories are left out.</param>
    /// <param name="seed">The seed of all draws.</param>
    /// <param name="cancel">Cancels the sampling; then nothing is written.</param>
    /// <returns>The number of stories in each file.</returns>
    public (int Training, int HeldOut) Write(
        string folder, IReadOnlyList<string> openings, int perOpening, ulong seed, CancellationToken cancel = default)
    {
        var stories = openings
            .Select((opening, number) => Stories(opening, perOpening, new SeededRandomness(seed).ForRequest((ulong)number), cancel))
            .ToList();
        cancel.ThrowIfCancellationRequested();
        var training = stories.Where((_, number) => !IsHeldOut(number)).SelectMany(of => of).ToList();
        var heldOut = stories.Where((_, number) => IsHeldOut(number)).SelectMany(of => of).ToList();
        AtomicFile.CreateFolder(folder);
        WriteStories(Path.Combine(folder, TrainingFile), training);
        WriteStories(Path.Combine(folder, Corpus.HeldOutFile), heldOut);
        return (training.Count, heldOut.Count);
    }

    private static bool IsHeldOut(int number) => number % HoldOutEvery == HoldOutEvery - 1;

    private IEnumerable<string> Stories(string opening, int count, SeededRandomness seed, CancellationToken cancel)
    {
        var prompt = tokenizer.EncodePrompt(opening);
        var run = new BatchDecoder(model).Decode(
            [.. Enumerable.Repeat(prompt, count)], Options with { StopTokens = [.. tokenizer.EndTokens] }, seed, cancel);
        return run.ToEnd().Rows.Where(story => story.Stopped == StopReason.EndToken)
            .Select(story => opening + tokenizer.Decode([.. story.Tokens.SkipLast(1).Select(token => token.Token)]));
    }

    private static void WriteStories(string path, IReadOnlyList<string> stories) => AtomicFile.Write(path, stream =>
    {
        foreach (var story in stories)
            stream.Write(Encoding.UTF8.GetBytes($"{story.Trim()}\n{DocumentSplitter.EndOfText}\n"));
    });
}
