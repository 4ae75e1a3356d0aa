using System.Text.Json.Nodes;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Speculation;

namespace Course.Inference.Charts;

/// <summary>What two caches held, took in and gave back, round by round, read off a trace.</summary>
internal static class CacheChart
{
    /// <summary>One model's cache in one round, in tokens.</summary>
    private readonly record struct Move(string Name, int Held, int Stays, int Rewound);

    public static Figure Draw(string title, SpeculationTrace trace, int promptLength, Provenance provenance, int rounds)
    {
        Move[] moves = [.. Moves(trace, promptLength).Take(2 * rounds)];
        JsonObject Bar(string name, string colour, Func<Move, int> length) => new()
        {
            ["type"] = "bar",
            ["orientation"] = "h",
            ["name"] = name,
            ["y"] = new JsonArray([.. moves.Select(move => JsonValue.Create(move.Name))]),
            ["x"] = new JsonArray([.. moves.Select(move => JsonValue.Create(length(move)))]),
            ["marker"] = new JsonObject { ["color"] = colour },
        };
        var figure = new JsonObject
        {
            ["data"] = new JsonArray(
                Bar("held before", "#b0b7bf", move => move.Held),
                Bar("fed, and stays", HouseStyle.Palette[2], move => move.Stays),
                Bar("fed, and is rewound", HouseStyle.Palette[1], move => move.Rewound)),
            ["layout"] = new JsonObject
            {
                ["barmode"] = "stack",
                ["xaxis"] = new JsonObject { ["title"] = new JsonObject { ["text"] = "place in the text" } },
                ["yaxis"] = new JsonObject { ["autorange"] = "reversed" },
            },
        };
        return Figure.FromJson(figure.ToJsonString()).Titled(title, provenance);
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
