using System.Text;
using Course.Charts;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;

namespace Course.Inference.Charts;

/// <summary>
/// Shows the text of a speculative run, coloured by the origin of its tokens: accepted draft tokens, the target's own tokens, and, struck
/// through after a token, the draft tokens that were rejected at its position. Draft tokens that were not verified are not shown.
/// </summary>
/// <param name="run">A run, as far as it has been enumerated.</param>
/// <param name="tokenizer">The target's tokenizer.</param>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed class SpeculativeText(SpeculativeRun run, ITokenizer tokenizer) : IRichDisplay
{
    private static readonly (TokenOrigin Origin, int Color, string Says)[] Kinds =
    [
        (TokenOrigin.Accepted, 2, "drafted and accepted"),
        (TokenOrigin.Resampled, 1, "the target's correction"),
        (TokenOrigin.Bonus, 0, "the target's bonus"),
    ];

    /// <summary>One piece: a token of the text, or a draft token that was rejected at its position.</summary>
    private readonly record struct Piece(string Text, TokenOrigin Origin, bool Rejected);

    public string ToHtml()
    {
        var html = new StringBuilder("<p style=\"line-height:1.9\">");
        foreach (var piece in Pieces())
            html.Append(piece.Rejected
                ? Html.Of($"<s style=\"opacity:0.55;font-size:0.85em;margin:0 0.15em\">{piece.Text.Trim()}</s>")
                : Colored(piece.Text, piece.Origin));
        html.Append("</p><p style=\"font-size:0.85em\">");
        foreach (var (origin, _, says) in Kinds)
            html.Append(Colored(says, origin)).Append(" &nbsp; ");
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
            for (var i = 0; i < step.Emitted; i++)
            {
                yield return new(Shown(run.Tokens[at++].Token), step.OriginOf(i), Rejected: false);
                foreach (var rejected in step.RejectedAt(i))
                    yield return new(Shown(rejected), TokenOrigin.Accepted, Rejected: true);
            }
        }
    }

    // Underlined in addition to the colour: not every reader can tell the colours apart, and some themes hide them.
    private static Html Colored(string text, TokenOrigin origin)
    {
        var (_, color, _) = Kinds.First(kind => kind.Origin == origin);
        var line = origin switch { TokenOrigin.Accepted => "solid", TokenOrigin.Resampled => "double", _ => "dotted" };
        return Html.Of($"<span style=\"white-space:pre-wrap;border-bottom:2px {line} {HouseStyle.ColorOf(color)}\">{text}</span>");
    }

    private string Shown(int token) => tokenizer.Name(token);
}
