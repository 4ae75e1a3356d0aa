using Course.Inference.Speculation;
using Course.Inference.Tokenization;
using Spectre.Console;

namespace Course.Cli.Generating;

/// <summary>A speculative run in colours: which tokens were drafted and stood, which the target put in their place or behind them, and which were guessed in vain.</summary>
internal static class OriginText
{
    public static void Write(IAnsiConsole console, SpeculativeRun run, ITokenizer tokenizer)
    {
        console.Profile.Width = short.MaxValue; // pieces of one text: the terminal itself breaks its lines
        var at = 0;
        foreach (var step in run.Trace.Steps)
        {
            for (var place = 0; place < step.Emitted; place++)
            {
                console.Write(new Text(Shown(tokenizer, run.Tokens[at++].Token), StyleOf(step.OriginOf(place))));
                // The guesses that were rejected, struck through behind what came in their place; those behind them were not looked at.
                foreach (var guess in step.RejectedAt(place))
                    console.Write(new Text($"[{Shown(tokenizer, guess).Trim()}]", new Style(Color.Grey, decoration: Decoration.Strikethrough)));
            }
        }
        console.WriteLine();
        console.Write(new Text("accepted", StyleOf(TokenOrigin.Accepted)));
        console.Write(new Text("  "));
        console.Write(new Text("resampled", StyleOf(TokenOrigin.Resampled)));
        console.Write(new Text("  "));
        console.Write(new Text("bonus", StyleOf(TokenOrigin.Bonus)));
        console.WriteLine($"  [rejected]  {Summary(run.Trace)}");
    }

    public static string Summary(SpeculationTrace trace) => FormattableString.Invariant(
        $"{trace.Emitted} tokens in {trace.Steps.Count} verifications ({trace.TokensPerRound ?? 0:0.00} each); {trace.Accepted} of {trace.Judged} judged guesses stood; {trace.Draft.Calls} draft calls; {trace.Cost.Flops / 1e6:0} MFLOP");

    private static Style StyleOf(TokenOrigin origin) => new(origin switch
    {
        TokenOrigin.Accepted => Color.Green,
        TokenOrigin.Resampled => Color.Red,
        _ => Color.Blue,
    });

    private static string Shown(ITokenizer tokenizer, int token) => tokenizer.Name(token);
}
