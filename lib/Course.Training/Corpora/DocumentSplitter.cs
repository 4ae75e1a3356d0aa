using System.Text.RegularExpressions;

namespace Course.Training.Corpora;

/// <summary>Splits a normalised text into documents and removes licences, title pages and headings.</summary>
public static partial class DocumentSplitter
{
    /// <summary>The line that separates documents in a corpus file, and the token between them in training.</summary>
    public const string EndOfText = "<|endoftext|>";

    private static readonly string[] StoryOpenings = ["Once upon a time", "Once there was", "Once, there"];

    /// <summary>Splits a training file at <see cref="EndOfText"/> and at headings.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var documents = TextNormalizer.Normalize(Body(text)).Split(EndOfText).SelectMany(ByHeadings).ToList();
        // A sample of a larger file may end in the middle of a sentence, which would teach the model to break off.
        if (documents.Count > 1 && !SentenceEnd().IsMatch(documents[^1]))
            documents.RemoveAt(documents.Count - 1);
        return documents;
    }

    /// <summary>
    /// Splits a held-out file without marked boundaries: a paragraph with a typical story opening begins a document. A story with another
    /// opening stays attached to the one before it, which can only raise the measured loss.
    /// </summary>
    public static IReadOnlyList<string> SplitByOpenings(string text)
    {
        var documents = new List<List<string>>();
        foreach (var line in TextNormalizer.Normalize(text).Split('\n').Where(line => line != EndOfText))
        {
            if (documents.Count == 0 || StoryOpenings.Any(opening => line.StartsWith(opening, StringComparison.Ordinal)))
                documents.Add([]);
            documents[^1].Add(line);
        }
        return [.. documents.Select(lines => string.Join('\n', lines))];
    }

    /// <summary>Returns the text between Project Gutenberg's markers, if there are any.</summary>
    private static string Body(string text)
    {
        if (GutenbergStart().Match(text) is { Success: true } start)
            text = text[(start.Index + start.Length)..];
        return GutenbergEnd().Match(text) is { Success: true } end ? text[..end.Index] : text;
    }

    private static IEnumerable<string> ByHeadings(string document)
    {
        var lines = new List<string>();
        foreach (var line in document.Split('\n').Where(line => line.Any(char.IsLetterOrDigit) && line != "[Illustration]"))
        {
            if (!IsHeading(line))
                lines.Add(line);
            else if (lines.Count > 0)
            {
                yield return string.Join('\n', lines);
                lines.Clear();
            }
        }
        if (lines.Count > 0)
            yield return string.Join('\n', lines);
    }

    /// <summary>Whether a line is a heading: a short line in capitals, a numbered chapter, or a title page in brackets.</summary>
    private static bool IsHeading(string line) =>
        line.Length < 100 && (Chapter().IsMatch(line) || IsInCapitals(line));

    private static bool IsInCapitals(string line) =>
        line.Any(char.IsLetter) && !line.Any(char.IsLower) && !line.Contains('"') && !line.EndsWith('!');

    [GeneratedRegex(@"^(CHAPTER\s+[IVXLC\d]+\b|\[[^\]]+\d{4}\]$)")]
    private static partial Regex Chapter();

    [GeneratedRegex(@"[.!?""')*]$")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"^\*\*\* ?START OF .*$", RegexOptions.Multiline)]
    private static partial Regex GutenbergStart();

    [GeneratedRegex(@"^\*\*\* ?END OF .*$", RegexOptions.Multiline)]
    private static partial Regex GutenbergEnd();
}
