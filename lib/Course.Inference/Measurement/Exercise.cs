namespace Course.Inference.Measurement;

/// <summary>
/// A reader's numeric answer to a question, compared with the right one. An unanswered question is not an error, so that a notebook
/// runs to its end.
/// </summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The reader's number; null until there is one.</param>
/// <param name="Expected">The right number.</param>
/// <param name="Hint">What to think about, shown when the answer is wrong.</param>
/// <param name="Tolerance">
/// The relative error that counts as rounding: 1 % by default, so three figures are enough. It must reject the mistake that the question
/// is about: use 0 for a count, where off by one is wrong, and less than 1 % if the mistake is smaller than that.
/// </param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Exercise(string Question, double? Answer, double Expected, string Hint, double Tolerance = 0.01) : IRichDisplay
{
    // Rounded too much, or nearly right by the wrong method: it deserves another word than "wrong".
    private const double Near = 0.1;

    // The relative error of a count that was computed as a sum of products: it may be off in its last digit.
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
