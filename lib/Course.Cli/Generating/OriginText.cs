using System.Globalization;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;
using Spectre.Console;

namespace Course.Cli.Generating;

/// <summary>
/// Prints the text of a speculative run by the origin of its tokens: drafted and accepted, resampled after a rejection, or the bonus token.
/// Origins are shown as colours, or as marks if the console has none.
/// </summary>
internal static class OriginText
{
    public static void Write(IAnsiConsole console, SpeculativeRun run, ITokenizer tokenizer)
    {
        var at = 0;
        foreach (var step in run.Trace.Steps)
        {
            for (var i = 0; i < step.Emitted; i++)
            {
                Write(console, Shown(tokenizer, run.Tokens[at++].Token), step.OriginOf(i));
                // Rejected draft tokens, struck through after the token that replaced them. The draft tokens after them were not verified.
                foreach (var rejected in step.RejectedAt(i))
                    console.Write(
                        new Text($"[{Shown(tokenizer, rejected).Trim()}]", new Style(Color.Grey, decoration: Decoration.Strikethrough)));
            }
        }
        console.WriteLine();
        (string, TokenOrigin)[] legend =
            [("accepted", TokenOrigin.Accepted), ("resampled", TokenOrigin.Resampled), ("bonus", TokenOrigin.Bonus)];
        foreach (var (name, origin) in legend)
        {
            Write(console, name, origin);
            console.Write(new Text("  "));
        }
        console.Write(new Text($"[rejected]  {Summary(run.Trace)}\n"));
    }

    private static void Write(IAnsiConsole console, string text, TokenOrigin origin)
    {
        var marked = console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors ? text : origin switch
        {
            TokenOrigin.Accepted => text,
            TokenOrigin.Resampled => Between("{", text, "}"),
            _ => Between("<", text, ">"),
        };
        console.Write(new Text(marked, StyleOf(origin)));
    }

    /// <summary>Puts marks around a token; the blank before a word stays outside.</summary>
    private static string Between(string open, string text, string close) =>
        text.StartsWith(' ') ? $" {open}{text[1..]}{close}" : $"{open}{text}{close}";

    public static string Summary(SpeculationTrace trace) => string.Create(CultureInfo.InvariantCulture,
        $"{trace.Emitted} tokens in {trace.Steps.Count} verifications ({trace.TokensPerRound ?? 0:0.00} each); {trace.Accepted} of " +
        $"{trace.Judged} verified draft tokens accepted; {trace.Draft.Calls} draft calls; {trace.Cost.Flops / 1e6:0} MFLOP");

    private static Style StyleOf(TokenOrigin origin) => new(origin switch
    {
        TokenOrigin.Accepted => Color.Green,
        TokenOrigin.Resampled => Color.Red,
        _ => Color.Blue,
    });

    private static string Shown(ITokenizer tokenizer, int token) => SafeText.Lines(tokenizer.Name(token));
}
