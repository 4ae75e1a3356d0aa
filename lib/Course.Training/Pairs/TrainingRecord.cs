using System.Text.Json;
using Course.Training.Corpora;
using Course.Training.Runs;

namespace Course.Training.Pairs;

/// <summary>
/// How a model was trained. It is stored beside the weights as <c>training.json</c>, and the model card is written from it.
/// </summary>
public sealed record TrainingRecord
{
    /// <summary>The command lines, one per line; several if a finished run was extended. The recipe is that of the last one.</summary>
    public required string Command { get; init; }

    /// <summary>A remark added by hand, for what no option expresses. The card repeats it.</summary>
    public string? Remark { get; init; }

    /// <summary>The trained model with whose weights the run began; null for random weights.</summary>
    public string? BeganWith { get; init; }

    public required Recipe Recipe { get; init; }

    /// <summary>
    /// The step whose weights were kept: the last, or the best one measured during the run if the whole held-out text confirms it.
    /// </summary>
    public required int KeptStep { get; init; }

    /// <summary>The total number of steps.</summary>
    public required int Steps { get; init; }

    public required double Minutes { get; init; }

    /// <summary>The tokens of stories in the training text, including separators; <see cref="BookTokens"/> are those of books.</summary>
    public required int StoryTokens { get; init; }

    public required int BookTokens { get; init; }

    /// <summary>The names of the training files.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The name of the held-out file. Older records do not contain it; they used this default.</summary>
    public string HeldOutSource { get; init; } = Corpus.TinyStoriesHeldOutFile;

    /// <summary>The loss on the whole held-out text, with the weights as stored.</summary>
    public required HeldOutLoss HeldOut { get; init; }

    /// <summary>The losses with other storage types.</summary>
    public required RoundedLosses Rounding { get; init; }

    /// <summary>The UTF-8 bytes of the text that was predicted for <see cref="HeldOut"/>.</summary>
    public required long HeldOutBytes { get; init; }

    public required IReadOnlyList<HistoryPoint> History { get; init; }

    public long TrainedTokens => (long)Steps * Recipe.Rows * Recipe.Window;

    public double BitsPerByte => HeldOut.BitsPerByte(HeldOutBytes);

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public void Write(string folder) =>
        AtomicFile.Write(Path.Combine(folder, PairFolder.HistoryName), stream => JsonSerializer.Serialize(stream, this, Json));

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, PairFolder.HistoryName));

    /// <summary>Reads the record in a model's folder.</summary>
    /// <exception cref="CourseException">The record is missing or damaged.</exception>
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
                $"{file} is not a training record ({e.Message}). Train it first: course " +
                "train target, then course train draft.", e);
        }
    }
}
