namespace Course.Training.Corpora;

/// <summary>The training texts by kind, and the held-out text.</summary>
/// <param name="Stories">Short stories. The held-out text consists of such stories.</param>
/// <param name="Books">All other training texts; may be empty.</param>
/// <param name="Files">The names of the training files.</param>
/// <param name="HeldOut">The held-out stories, on which neither tokenizer nor model is trained.</param>
public sealed record Corpus(
    IReadOnlyList<string> Stories, IReadOnlyList<string> Books, IReadOnlyList<string> HeldOut, IReadOnlyList<string> Files)
{
    /// <summary>The file with the held-out text, unless the folder has <see cref="TinyStoriesHeldOutFile"/>.</summary>
    public const string HeldOutFile = "held-out.txt";

    /// <summary>The beginning of TinyStories' validation split, on which the bundled pair is measured.</summary>
    public const string TinyStoriesHeldOutFile = "tinystories_valid_sample.txt";

    private static readonly string[] HeldOutFiles = [TinyStoriesHeldOutFile, HeldOutFile];
    private static readonly string[] StoryPrefixes = ["tinystories_", "stories"];

    /// <summary>The minimum number of training characters. With less text no model learns anything.</summary>
    public const int MinimumCharacters = 2_000;

    /// <summary>The name of the held-out file.</summary>
    public string HeldOutSource { get; init; } = HeldOutFile;

    public IEnumerable<string> Training => Stories.Concat(Books);

    /// <summary>The folder of the small corpus that comes with the course.</summary>
    /// <param name="repository">The folder of the repository.</param>
    public static string Own(string repository) => Path.Combine(repository, "data", "corpus");

    /// <summary>
    /// Reads the <c>*.txt</c> files of a folder. One of them is the held-out file, <c>tinystories_*</c> and <c>stories*</c> are stories,
    /// and the others are books.
    /// </summary>
    /// <exception cref="CourseException">The folder or the held-out file is missing, a file is not UTF-8, or there is too
    /// little text.</exception>
    public static Corpus Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new CourseException(
                $"No corpus folder at {Path.GetFullPath(folder)}. Name one with --corpus. It needs *.txt files, one of " +
                $"them {HeldOutFile} with the held-out text.");
        var files = Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal).ToList();
        var training = files.Where(file => !HeldOutFiles.Contains(Path.GetFileName(file))).ToList();
        if (training.Count == 0)
            throw new CourseException($"{Path.GetFullPath(folder)} has no *.txt files to train on. Put plain UTF-8 texts there.");
        var heldOut = HeldOutFiles.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new CourseException(
                $"{Path.Combine(folder, HeldOutFile)} is missing: without a held-out text, learning cannot be told from memorising. Put " +
                "a file there with stories that no training file contains.");

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
        if (characters < MinimumCharacters)
            throw new CourseException(
                $"{Path.GetFullPath(folder)} holds {characters} characters to train on; at least {MinimumCharacters} are needed, and a " +
                "million for a model worth having.");
        return corpus;
    }

    private static string ReadText(string file)
    {
        var text = Utf8File.ReadAllText(file);
        return text.Length > 0 ? text : throw new CourseException($"{file} is empty. Remove it or fill it.");
    }
}
