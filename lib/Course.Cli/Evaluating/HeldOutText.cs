using Course.Inference.Measurement;
using Course.Inference.Tokenization;
using Course.Training.Corpora;

namespace Course.Cli.Evaluating;

/// <summary>The held-out text on which models are evaluated, cut into documents as in training.</summary>
internal static class HeldOutText
{
    /// <summary>Windows of the text, T + 1 tokens each.</summary>
    /// <param name="path">The text; null for the held-out text that comes with the course.</param>
    /// <param name="tokenizer">The models' tokenizer.</param>
    /// <param name="window">T.</param>
    /// <param name="most">The maximum number of windows.</param>
    /// <exception cref="CourseException">There is no such file, or it is too short.</exception>
    public static IReadOnlyList<int[]> Windows(string? path, ITokenizer tokenizer, int window, int most)
    {
        path ??= Path.Combine(Corpus.Own(RepositoryRoot.Find()), Corpus.HeldOutFile);
        if (!File.Exists(path))
            throw new CourseException(
                $"There is no held-out text at {path}. Name a plain UTF-8 text with --text that the model was not trained on.");
        // The begin token before each story also separates it from the one before.
        int[] separator = tokenizer.BeginToken is { } begin ? [begin] : [];
        var tokens = DocumentSplitter.SplitByOpenings(Utf8File.ReadAllText(path))
            .SelectMany(story => separator.Concat(tokenizer.Encode(story)));
        return TextWindows.Of(tokens.ToArray(), window, most);
    }
}
