using Course.Inference.Checkpoints;
using Course.Inference.Tokenization;

namespace Course.Training.Pairs;

/// <summary>Where a pair lies while it is made: two checkpoint folders that can be used as they are, and the runs behind them.</summary>
public sealed record PairFolder(string Root)
{
    public const string TokenizerName = "tokenizer.json", HistoryName = "training.json", ChartName = "loss.svg", CardName = "README.md";

    /// <summary>The smaller model that the target grows from.</summary>
    public string Seedling => Path.Combine(Root, "seedling");

    public string Target => Path.Combine(Root, "target");

    public string Draft => Path.Combine(Root, "draft");

    /// <summary>The agreement of the two, as <c>course train evaluate</c> measured it.</summary>
    public string PairFile => Path.Combine(Root, "pair.json");

    public string RunOf(string model) => Path.Combine(Root, "runs", Path.GetFileName(model));

    /// <exception cref="CourseException">None has been trained here yet, or it is not one.</exception>
    public ITokenizer Tokenizer()
    {
        var file = Path.Combine(Target, TokenizerName);
        return File.Exists(file)
            ? TokenizerFile.Load(file)
            : throw new CourseException($"{file} is missing. Make it first: course train tokenizer --out {Root}");
    }
}
