using Course.Inference.Measurement;
using Course.Inference.Tokenization;
using Course.Training.Corpora;

namespace Course.Cli.Evaluating;

/// <summary>The text that models are judged on, cut as training cuts it.</summary>
internal static class HeldOutText
{
    /// <param name="path">Null: the held-out text that comes with the course.</param>
    /// <param name="tokenizer">The models'.</param>
    /// <param name="window">T.</param>
    /// <param name="most">Windows.</param>
    /// <exception cref="CourseException">There is no such file, or it is too short.</exception>
    public static IReadOnlyList<int[]> Windows(string? path, ITokenizer tokenizer, int window, int most)
    {
        path ??= Path.Combine(Corpus.Own(RepositoryRoot.Find()), Corpus.HeldOutFile);
        if (!File.Exists(path))
            throw new CourseException(
                $"There is no held-out text at {path}. Name a plain UTF-8 text with --text that the model was not trained on.");
        // A begin token before each story, and so also behind it.
        int[] separator = tokenizer.BeginToken is { } begin ? [begin] : [];
        var tokens = DocumentSplitter.SplitByOpenings(Utf8File.ReadAllText(path))
            .SelectMany(story => separator.Concat(tokenizer.Encode(story)));
        return TextWindows.Of(tokens.ToArray(), window, most);
    }
}
