using Course.Inference.Tokenization;

namespace Course.Training.Corpora;

/// <summary>A corpus as token ids.</summary>
/// <param name="Stories">The documents of stories, without separators.</param>
/// <param name="Books">The documents of books, without separators.</param>
/// <param name="HeldOut">The held-out text as one sequence, with a separator before each document.</param>
/// <param name="Separator">The token between documents.</param>
public sealed record EncodedCorpus(IReadOnlyList<int[]> Stories, IReadOnlyList<int[]> Books, int[] HeldOut, int Separator)
{
    /// <summary>Encodes a corpus.</summary>
    /// <exception cref="CourseException">The tokenizer has no <see cref="DocumentSplitter.EndOfText"/>.</exception>
    public static EncodedCorpus Of(Corpus corpus, ITokenizer tokenizer)
    {
        var separator = tokenizer.BeginToken ?? throw new CourseException(
            $"{tokenizer.Source} puts no token before a prompt, so nothing can separate documents. Make one with: course train tokenizer");
        IReadOnlyList<int[]> Encode(IEnumerable<string> documents) =>
            [.. documents.Select(document => tokenizer.Encode(document).ToArray())];
        return new(
            Encode(corpus.Stories),
            Encode(corpus.Books),
            [.. Encode(corpus.HeldOut).SelectMany(document => document.Prepend(separator))],
            separator);
    }

    /// <summary>Creates the training data: windows of <paramref name="window"/> input tokens, each with the token after the last.</summary>
    public Mixture Mix(int window, long seed, double storyShare)
    {
        TokenSource Source(IReadOnlyList<int[]> documents, long seed) => new(documents, Separator, window + 1, seed);
        if (Stories.Count == 0)
            return new(Source(Books, seed), null, 1);
        return new(Source(Stories, seed), Books.Count > 0 && storyShare < 1 ? Source(Books, seed + 1) : null, storyShare);
    }
}
