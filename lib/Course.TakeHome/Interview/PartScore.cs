using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>
/// The score of one part, computed from ticks: the highest level for which <see cref="RubricPart.Needed"/> indicators of it or of higher
/// levels are ticked; 0 if there is none. A ticked red flag caps it at the level under which the flag stands.
/// </summary>
/// <param name="Part">Of the rubric.</param>
/// <param name="Score">0 to 5.</param>
/// <param name="Reached">What the indicators alone would give.</param>
/// <param name="Flags">Red flags that were ticked.</param>
public sealed record PartScore(RubricPart Part, int Score, int Reached, IReadOnlyList<Indicator> Flags)
{
    public static PartScore Of(RubricPart part, IReadOnlyCollection<string> ticks)
    {
        var reached = part.Levels.Where(level => TickedFrom(level.Score) >= part.Needed).Select(level => level.Score).DefaultIfEmpty(0)
            .Max();
        var flagged = part.Levels.Where(level => level.RedFlags.Any(flag => ticks.Contains(flag.Id))).ToArray();
        var cap = flagged.Select(level => level.Score).DefaultIfEmpty(RubricPart.HighestScore).Min();
        var next = part.Levels.Where(level => level.Score > reached && TickedFrom(level.Score) > 0).Select(level => level.Score)
            .DefaultIfEmpty(0).Max();
        return new(
            part, Math.Min(reached, cap), reached, [.. flagged.SelectMany(level => level.RedFlags).Where(flag => ticks.Contains(flag.Id))])
        {
            Progress = next == 0 ? "" : $"{TickedFrom(next)} of {part.Needed} for level {next}",
        };

        int TickedFrom(int score) =>
            part.Levels.Where(level => level.Score >= score).SelectMany(level => level.Indicators)
                .Count(indicator => ticks.Contains(indicator.Id));
    }

    /// <summary>
    /// How far it is to the highest level that something was ticked for, such as "1 of 2 for level 4"; empty where that level is reached.
    /// </summary>
    public string Progress { get; private init; } = "";

    /// <summary>The rule in words, for whoever reads a scorecard.</summary>
    public static string Rule(RubricPart part) =>
        $"The highest level for which {part.Needed} indicators of it or of higher levels were observed; a red flag caps the " +
        "score at the level under which it stands.";
}
