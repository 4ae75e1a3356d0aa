using Course.Charts;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Speculation;

namespace Course.Inference.Charts;

/// <summary>Draws how many tokens two caches held, appended and rolled back in each speculation step, as recorded in a trace.</summary>
internal static class CacheChart
{
    private const string Grey = "#b0b7bf";

    /// <summary>One model's cache in one step, in tokens.</summary>
    private readonly record struct Move(string Name, int Held, int Kept, int RolledBack);

    public static Figure Draw(string title, SpeculationTrace trace, int promptLength, Provenance provenance, int steps)
    {
        Move[] moves = [.. Moves(trace, promptLength).Take(2 * steps)];
        double[] rows = [.. moves.Select((_, row) => (double)row)];
        Bars Lengths(string name, string color, Func<Move, int> length) =>
            new(name, rows, [.. moves.Select(move => (double)length(move))]) { Color = color, Horizontal = true };
        return new(
            title,
            provenance.ToString(),
            [
                Lengths("cached before", Grey, move => move.Held),
                Lengths("appended and kept", HouseStyle.ColorOf(2), move => move.Kept),
                Lengths("appended and rolled back", HouseStyle.ColorOf(1), move => move.RolledBack),
            ],
            new Axis("position in the text"),
            new Axis { Names = [.. moves.Select(move => move.Name)], Reversed = true })
        {
            Stacked = true,
        };
    }

    // After a step neither cache holds more than the text without its last token, which comes from the target and has not been fed to
    // either model.
    private static IEnumerable<Move> Moves(SpeculationTrace trace, int promptLength)
    {
        var (text, draft, target) = (promptLength, 0, 0);
        foreach (var (index, step) in trace.Steps.Index())
        {
            text += step.Accepted;
            yield return After($"{index + 1} draft", step.Draft, ref draft, text);
            yield return After($"{index + 1} target", step.Target, ref target, text);
            text++;
        }
    }

    private static Move After(string name, ModelUsage usage, ref int held, int most)
    {
        var fed = (int)usage.Tokens;
        var kept = Math.Min(fed, most - held);
        var move = new Move(name, held, kept, fed - kept);
        held += kept;
        return move;
    }
}
