using Course.Inference.Checkpoints;
using Course.Inference.Tokenization;

namespace Course.Training.Pairs;

/// <summary>
/// The folder of a pair in training: two checkpoint folders that can be used directly, and the folders of the runs that produced them.
/// </summary>
public sealed record PairFolder(string Root)
{
    public const string TokenizerName = "tokenizer.json", HistoryName = "training.json", ChartName = "loss.svg", CardName = "README.md";

    /// <summary>The folder of the smaller model from which the target grows.</summary>
    public string Seedling => Path.Combine(Root, "seedling");

    public string Target => Path.Combine(Root, "target");

    public string Draft => Path.Combine(Root, "draft");

    /// <summary>The report of the pair, which <c>course train evaluate</c> writes.</summary>
    public string PairFile => Path.Combine(Root, "pair.json");

    public string RunOf(string model) => Path.Combine(Root, "runs", Path.GetFileName(model));

    /// <summary>Loads the tokenizer of the pair.</summary>
    /// <exception cref="CourseException">The tokenizer is missing or invalid.</exception>
    public ITokenizer Tokenizer()
    {
        var file = Path.Combine(Target, TokenizerName);
        return File.Exists(file)
            ? TokenizerFile.Load(file)
            : throw new CourseException($"{file} is missing. Make it first: course train tokenizer --out {Root}");
    }
}
