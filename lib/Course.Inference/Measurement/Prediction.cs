using System.Globalization;

namespace Course.Inference.Measurement;

/// <summary>
/// A number that a reader wrote down before seeing the right one, and the factor by which it missed. Each factory says where the right
/// number comes from: a clock (<see cref="Measured"/>), exact counting or arithmetic (<see cref="Computed"/>), or a model of the cost
/// (<see cref="Predicted"/>). A figure that was only computed must not look like a measured one.
/// </summary>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed class Prediction : IRichDisplay
{
    private readonly string what;
    private readonly double? guess;
    private readonly double value;
    private readonly string unit;
    private readonly string verb;

    private Prediction(string what, double? guess, double value, string unit, string verb) =>
        (this.what, this.guess, this.value, this.unit, this.verb) = (what, guess, value, unit, verb);

    /// <summary>Compares with a measurement on this machine: a time, a rate, a count from a run.</summary>
    /// <param name="what">What was to be predicted.</param>
    /// <param name="guess">The reader's number; null until there is one.</param>
    /// <param name="value">The right number.</param>
    /// <param name="unit">The unit of both; empty for a plain number.</param>
    public static Prediction Measured(string what, double? guess, double value, string unit) => new(what, guess, value, unit, "measured");

    /// <summary>Compares with a count or an exact result; nothing was timed.</summary>
    /// <inheritdoc cref="Measured"/>
    public static Prediction Computed(string what, double? guess, double value, string unit) => new(what, guess, value, unit, "computed");

    /// <summary>Compares with the prediction of a formula or a roofline for a machine; nothing was timed.</summary>
    /// <inheritdoc cref="Measured"/>
    public static Prediction Predicted(string what, double? guess, double value, string unit) => new(what, guess, value, unit, "predicted");

    public string ToHtml() => $"{Html.Of($"<p>{ToString()}</p>")}";

    public override string ToString() => guess is { } number
        ? $"{what}: you said {Quantity.Of(number, unit)}; {verb} {Quantity.Of(value, unit)} — {Miss(number)}"
        : $"{what}: no prediction yet; {verb} {Quantity.Of(value, unit)}";

    private string Miss(double number)
    {
        var factor = number / value;
        if (!(factor > 0))
            return "no factor between them.";
        return factor is > 0.8 and < 1.25
            ? "close."
            : string.Create(CultureInfo.InvariantCulture,
                $"{(factor > 1 ? factor : 1 / factor):0.#} times too {(factor > 1 ? "high" : "low")}.");
    }
}
