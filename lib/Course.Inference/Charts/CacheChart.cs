using Course.Charts;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Speculation;

namespace Course.Inference.Charts;

/// <summary>What two caches held, took in and gave back, round by round, read off a trace.</summary>
internal static class CacheChart
{
    private const string Grey = "#b0b7bf";

    /// <summary>One model's cache in one round, in tokens.</summary>
    private readonly record struct Move(string Name, int Held, int Stays, int Rewound);

    public static Figure Draw(string title, SpeculationTrace trace, int promptLength, Provenance provenance, int rounds)
    {
        Move[] moves = [.. Moves(trace, promptLength).Take(2 * rounds)];
        double[] places = [.. moves.Select((_, place) => (double)place)];
        Bars Lengths(string name, string color, Func<Move, int> length) =>
            new(name, places, [.. moves.Select(move => (double)length(move))]) { Color = color, Lying = true };
        return new(
            title,
            provenance.ToString(),
            [
                Lengths("held before", Grey, move => move.Held),
                Lengths("fed, and stays", HouseStyle.ColorOf(2), move => move.Stays),
                Lengths("fed, and is rewound", HouseStyle.ColorOf(1), move => move.Rewound),
            ],
            new Axis("place in the text"),
            new Axis { Names = [.. moves.Select(move => move.Name)], Reversed = true })
        {
            Stacked = true,
        };
    }

    // After a round both hold no more than the text without the target's own newest token, which neither has been fed.
    private static IEnumerable<Move> Moves(SpeculationTrace trace, int promptLength)
    {
        var (text, draft, target) = (promptLength, 0, 0);
        foreach (var (round, step) in trace.Steps.Index())
        {
            text += step.Accepted;
            yield return After($"{round + 1} draft", step.Draft, ref draft, text);
            yield return After($"{round + 1} target", step.Target, ref target, text);
            text++;
        }
    }

    private static Move After(string name, ModelUsage usage, ref int held, int most)
    {
        var fed = (int)usage.Tokens;
        var stays = Math.Min(fed, most - held);
        var move = new Move(name, held, stays, fed - stays);
        held += stays;
        return move;
    }
}
