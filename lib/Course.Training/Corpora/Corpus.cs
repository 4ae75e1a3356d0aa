namespace Course.Training.Corpora;

/// <summary>The texts to train on, by kind, and the text held out from all training.</summary>
/// <param name="Stories">Short stories, whose held-out part measures the model.</param>
/// <param name="Books">Everything else; may be empty.</param>
/// <param name="Files">The names of the files trained on.</param>
/// <param name="HeldOut">Never trained on, neither by tokenizer nor by model.</param>
public sealed record Corpus(
    IReadOnlyList<string> Stories, IReadOnlyList<string> Books, IReadOnlyList<string> HeldOut, IReadOnlyList<string> Files)
{
    /// <summary>The text that is held out, unless the folder has <see cref="TinyStoriesHeldOutFile"/>.</summary>
    public const string HeldOutFile = "held-out.txt";

    /// <summary>The head of TinyStories' validation split: what the bundled pair is measured on.</summary>
    public const string TinyStoriesHeldOutFile = "tinystories_valid_sample.txt";

    private static readonly string[] HeldOutFiles = [TinyStoriesHeldOutFile, HeldOutFile];
    private static readonly string[] StoryPrefixes = ["tinystories_", "stories"];

    /// <summary>Less text than this teaches no model anything and leaves windows empty.</summary>
    public const int LeastCharacters = 2_000;

    /// <summary>The name of the file held out.</summary>
    public string HeldOutSource { get; init; } = HeldOutFile;

    public IEnumerable<string> Training => Stories.Concat(Books);

    /// <summary>The small corpus that comes with the course.</summary>
    /// <param name="repository">The clone's folder.</param>
    public static string Own(string repository) => Path.Combine(repository, "data", "corpus");

    /// <summary>
    /// Reads <c>*.txt</c> of a folder: the held-out file is set apart, <c>tinystories_*</c> and <c>stories*</c> are
    /// stories, the rest are books.
    /// </summary>
    /// <exception cref="CourseException">The folder or the held-out file is missing, a file is not UTF-8, or there is too
    /// little text.</exception>
    public static Corpus Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CourseException(
                $"No corpus folder at {Path.GetFullPath(folder)}. Name one with --corpus: *.txt files, one of " +
                $"them {HeldOutFile}, which is held out.");
        var files = Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).ToList();
        var training = files.Where(file => !HeldOutFiles.Contains(Path.GetFileName(file))).ToList();
        if (training.Count == 0)
            throw new CourseException($"{Path.GetFullPath(folder)} has no *.txt files to train on. Put plain UTF-8 texts there.");
        var heldOut = HeldOutFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new CourseException(
                $"{Path.Combine(folder, HeldOutFile)} is missing: without a held-out text nobody can tell learning from memorising. Put " +
                "one there, with stories that no training file has.");

        IReadOnlyList<string> Documents(Func<string, bool> wanted) =>
            [.. training.Where(wanted).SelectMany(file => DocumentSplitter.Split(ReadText(file)))];
        static bool IsStory(string file) =>
            StoryPrefixes.Any(prefix => Path.GetFileName(file).StartsWith(prefix, StringComparison.Ordinal));

        var corpus = new Corpus(Documents(IsStory), Documents(file => !IsStory(file)), DocumentSplitter.SplitByOpenings(ReadText(heldOut)),
            [.. training.Select(file => Path.GetFileName(file))])
        {
            HeldOutSource = Path.GetFileName(heldOut),
        };
        var characters = corpus.Training.Sum(document => (long)document.Length);
        if (characters < LeastCharacters)
            throw new CourseException(
                $"{Path.GetFullPath(folder)} holds {characters} characters to train on; at least {LeastCharacters} are needed, and a " +
                "million for a model worth having.");
        return corpus;
    }

    private static string ReadText(string file)
    {
        var text = Utf8File.ReadAllText(file);
        return text.Length > 0 ? text : throw new CourseException($"{file} is empty. Remove it or fill it.");
    }
}
