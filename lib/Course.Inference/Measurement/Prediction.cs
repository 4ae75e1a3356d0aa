using System.Globalization;
using System.Net;
using Course.Inference.Charts;

namespace Course.Inference.Measurement;

/// <summary>A number that a reader wrote down before seeing the measured one, and by what factor it missed.</summary>
/// <param name="What">What was to be predicted.</param>
/// <param name="Guess">The reader's number; null if there is none yet.</param>
/// <param name="Measured">The number that came.</param>
/// <param name="Unit">The unit of both.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record Prediction(string What, double? Guess, double Measured, string Unit) : IRichDisplay
{
    public string ToHtml() => $"<p>{WebUtility.HtmlEncode(ToString())}</p>";

    public override string ToString() => Guess is { } guess
        ? $"{What}: predicted {Quantity.Of(guess, Unit)}, measured {Quantity.Of(Measured, Unit)} — {Miss(guess)}"
        : $"{What}: no prediction yet; measured {Quantity.Of(Measured, Unit)}";

    private string Miss(double guess)
    {
        var factor = guess / Measured;
        if (!(factor > 0))
            return "no factor between them.";
        return factor is > 0.8 and < 1.25
            ? "well seen."
            : string.Create(CultureInfo.InvariantCulture, $"{(factor > 1 ? factor : 1 / factor):0.#} times too {(factor > 1 ? "high" : "low")}.");
    }
}
