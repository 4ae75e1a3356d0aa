using System.Text.Json;
using Course.Training.Corpora;
using Course.Training.Runs;

namespace Course.Training.Pairs;

/// <summary>How a model was made: lies beside its weights as <c>training.json</c>, and its card is written from it.</summary>
public sealed record TrainingRecord
{
    /// <summary>The command lines, one a line: several if a run that had ended was lengthened. The recipe is the last one's.</summary>
    public required string Command { get; init; }

    /// <summary>What a person has to add, for want of an option that says it. The card repeats it.</summary>
    public string? Remark { get; init; }

    /// <summary>The trained model whose weights it began with; null for random ones.</summary>
    public string? BeganWith { get; init; }

    public required Recipe Recipe { get; init; }

    /// <summary>
    /// The step whose weights were kept: the last, or the one that a measurement on the way found best if the whole held-out text agrees.
    /// </summary>
    public required int KeptStep { get; init; }

    /// <summary>Steps done in all.</summary>
    public required int Steps { get; init; }

    public required double Minutes { get; init; }

    /// <summary>Tokens that the run can draw from, separators included: of stories, of books.</summary>
    public required int StoryTokens { get; init; }

    public required int BookTokens { get; init; }

    /// <summary>Names of the files trained on.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The name of the file held out; records from before it was written down held out this one.</summary>
    public string HeldOutSource { get; init; } = Corpus.TinyStoriesHeldOutFile;

    /// <summary>Over the whole held-out text, with the weights as stored.</summary>
    public required HeldOutLoss HeldOut { get; init; }

    /// <summary>What other types would have cost or saved.</summary>
    public required RoundedLosses Rounding { get; init; }

    /// <summary>UTF-8 bytes that the tokens predicted for <see cref="HeldOut"/> spell.</summary>
    public required long HeldOutBytes { get; init; }

    public required IReadOnlyList<HistoryPoint> History { get; init; }

    public long TrainedTokens => (long)Steps * Recipe.Rows * Recipe.Window;

    public double BitsPerByte => HeldOut.BitsPerByte(HeldOutBytes);

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public void Write(string folder) =>
        AtomicFile.Write(Path.Combine(folder, PairFolder.HistoryName), stream => JsonSerializer.Serialize(stream, this, Json));

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, PairFolder.HistoryName));

    /// <exception cref="CourseException">There is none, or it is damaged.</exception>
    public static TrainingRecord Read(string folder)
    {
        var file = Path.Combine(folder, PairFolder.HistoryName);
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<TrainingRecord>(stream, Json) ?? throw new JsonException("it is null");
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new CourseException(
                $"{file} does not tell how the model was trained ({e.Message}). Train it first: course " +
                "train target, then course train draft.", e);
        }
    }
}
