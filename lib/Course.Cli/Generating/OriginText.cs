using System.Globalization;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;
using Spectre.Console;

namespace Course.Cli.Generating;

/// <summary>
/// A speculative run by how its tokens came: drafted and accepted, put in a rejected one's place, or added by the target. In colours, and
/// where there are none, between marks.
/// </summary>
internal static class OriginText
{
    public static void Write(IAnsiConsole console, SpeculativeRun run, ITokenizer tokenizer)
    {
        var at = 0;
        foreach (var step in run.Trace.Steps)
        {
            for (var place = 0; place < step.Emitted; place++)
            {
                Write(console, Shown(tokenizer, run.Tokens[at++].Token), step.OriginOf(place));
                // The guesses that were rejected, struck through behind what came in their place; those behind them were not looked at.
                foreach (var guess in step.RejectedAt(place))
                    console.Write(
                        new Text($"[{Shown(tokenizer, guess).Trim()}]", new Style(Color.Grey, decoration: Decoration.Strikethrough)));
            }
        }
        console.WriteLine();
        foreach (var (name, origin) in new[]
        {
            ("accepted", TokenOrigin.Accepted), ("resampled", TokenOrigin.Resampled), ("bonus", TokenOrigin.Bonus)
        })
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

    /// <summary>The blank before a word stays outside of the marks.</summary>
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
