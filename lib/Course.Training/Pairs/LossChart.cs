using System.Text.Json.Nodes;
using Course.Inference.Charts;
using Course.Training.Runs;

namespace Course.Training.Pairs;

/// <summary>The loss over a run, on the text trained on and on the text held out: where the two part, the model begins to memorise.</summary>
public static class LossChart
{
    public static Figure Of(string title, IReadOnlyList<HistoryPoint> history, long tokensPerStep)
    {
        JsonObject Line(string name, Func<HistoryPoint, double> loss) => new()
        {
            ["type"] = "scatter",
            ["mode"] = "lines+markers",
            ["name"] = name,
            ["x"] = new JsonArray([.. history.Select(point => JsonValue.Create(point.Step * tokensPerStep / 1e6))]),
            ["y"] = new JsonArray([.. history.Select(point => JsonValue.Create(loss(point)))]),
        };
        return Figure.FromJson(new JsonObject
        {
            ["data"] = new JsonArray(Line("training", point => point.TrainingLoss), Line("held out", point => point.HeldOutLoss)),
            ["layout"] = new JsonObject
            {
                ["title"] = title,
                ["xaxis"] = new JsonObject { ["title"] = "trained tokens, millions" },
                ["yaxis"] = new JsonObject { ["title"] = "nats per token" },
            },
        }.ToJsonString());
    }
}
