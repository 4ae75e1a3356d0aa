
namespace Course.Inference.Measurement;

/// <summary>
/// The answer to a question with a number, held against the right one. An unanswered question is no error: a notebook runs through.
/// </summary>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">The reader's number; null while there is none.</param>
/// <param name="Expected">The right one.</param>
/// <param name="Hint">What to think of, shown when the answer is wrong.</param>
/// <param name="Tolerance">
/// The relative error that counts as rounding: a hundredth, so three figures are enough. It must reject the mistake that the question
/// is about: 0 for a count, where one off is wrong; less than a hundredth where the mistake is smaller than that.
/// </param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Exercise(string Question, double? Answer, double Expected, string Hint, double Tolerance = 0.01) : IRichDisplay
{
    // Rounded too much, or nearly right by the wrong way: worth another word than "wrong".
    private const double Near = 0.1;

    // A count that was computed as a sum of products may be off in its last digit.
    private const double LastDigit = 1e-9;

    public bool IsSolved => IsWithin(Math.Max(Tolerance, LastDigit));

    public string ToHtml() => $"{Html.Of($"<p>{ToString()}</p>")}";

    public override string ToString() => Answer is null ? $"… {Question}: not answered yet."
        : IsSolved ? $"✓ {Question}: right."
        : IsWithin(Near)
            ? $"✗ {Question}: close, but not it{(Tolerance == 0 ? "; count exactly" : "; three figures are asked for")}. {Hint}"
        : $"✗ {Question}: not yet. {Hint}";

    private bool IsWithin(double share) => Answer is { } answer && Math.Abs(answer - Expected) <= share * Math.Abs(Expected);
}
