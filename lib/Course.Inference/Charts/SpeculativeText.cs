using System.Text;
using Course.Charts;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;

namespace Course.Inference.Charts;

/// <summary>
/// A speculative run as its text, coloured by who wrote what: guesses that stood, the target's own tokens, and struck through
/// behind a token the guesses for its place that were rejected. Guesses that were not looked at are not shown.
/// </summary>
/// <param name="run">A run that has been read to its end, or as far as it went.</param>
/// <param name="tokenizer">The target's.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed class SpeculativeText(SpeculativeRun run, ITokenizer tokenizer) : IRichDisplay
{
    private static readonly (TokenOrigin Origin, int Color, string Says)[] Kinds =
    [
        (TokenOrigin.Accepted, 2, "guessed, and stands"),
        (TokenOrigin.Resampled, 1, "the target's correction"),
        (TokenOrigin.Bonus, 0, "the target's bonus"),
    ];

    /// <summary>One piece of the text: a token of it, or a guess that was rejected there.</summary>
    private readonly record struct Piece(string Text, TokenOrigin Origin, bool Rejected);

    public string ToHtml()
    {
        var html = new StringBuilder("<p style=\"line-height:1.9\">");
        foreach (var piece in Pieces())
            html.Append(piece.Rejected
                ? Html.Of($"<s style=\"opacity:0.55;font-size:0.85em;margin:0 0.15em\">{piece.Text.Trim()}</s>")
                : Coloured(piece.Text, piece.Origin));
        html.Append("</p><p style=\"font-size:0.85em\">");
        foreach (var (origin, _, says) in Kinds)
            html.Append(Coloured(says, origin)).Append(" &nbsp; ");
        return html.Append("<s style=\"opacity:0.55\">rejected</s></p>").ToString();
    }

    public override string ToString() => string.Concat(Pieces().Select(piece => piece switch
    {
        { Rejected: true } => $"[{piece.Text.Trim()}]",
        { Origin: TokenOrigin.Accepted } => piece.Text,
        _ => $"‹{piece.Text}›",
    }));

    private IEnumerable<Piece> Pieces()
    {
        var at = 0;
        foreach (var step in run.Trace.Steps)
        {
            for (var place = 0; place < step.Emitted; place++)
            {
                yield return new(Shown(run.Tokens[at++].Token), step.OriginOf(place), Rejected: false);
                foreach (var rejected in step.RejectedAt(place))
                    yield return new(Shown(rejected), TokenOrigin.Accepted, Rejected: true);
            }
        }
    }

    // An underline beside the colour: not everybody sees the one, and no theme hides the other.
    private static Html Coloured(string text, TokenOrigin origin)
    {
        var (_, color, _) = Kinds.First(kind => kind.Origin == origin);
        var line = origin switch { TokenOrigin.Accepted => "solid", TokenOrigin.Resampled => "double", _ => "dotted" };
        return Html.Of($"<span style=\"white-space:pre-wrap;border-bottom:2px {line} {HouseStyle.ColorOf(color)}\">{text}</span>");
    }

    private string Shown(int token) => tokenizer.Name(token);
}
