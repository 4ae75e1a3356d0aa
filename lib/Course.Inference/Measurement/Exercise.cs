using System.Net;
using Course.Inference.Charts;

namespace Course.Inference.Measurement;

/// <summary>The answer to a question with a number, held against the right one. An unanswered question is no error: a notebook runs through.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">The reader's number; null while there is none.</param>
/// <param name="Expected">The right one.</param>
/// <param name="Hint">What to think of, shown when the answer is wrong.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Exercise(string Question, double? Answer, double Expected, string Hint) : IRichDisplay
{
    /// <summary>Roundings and powers of 1024 for 1000 pass; a factor of two does not.</summary>
    private const double Tolerance = 0.1;

    public bool IsSolved => Answer is { } answer && Math.Abs(answer - Expected) <= Tolerance * Math.Abs(Expected);

    public string ToHtml() => $"<p>{WebUtility.HtmlEncode(ToString())}</p>";

    public override string ToString() => Answer is null ? $"… {Question}: not answered yet."
        : IsSolved ? $"✓ {Question}: right."
        : $"✗ {Question}: not yet. {Hint}";
}
