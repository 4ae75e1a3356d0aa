using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>
/// The score of one part, computed from ticks: the highest level for which <see cref="RubricPart.Needed"/> indicators of this or higher
/// levels are ticked, or 0. A ticked red flag caps the score at the level that lists the flag.
/// </summary>
/// <param name="Part">The part of the rubric.</param>
/// <param name="Score">The score, 0 to 5.</param>
/// <param name="Reached">The score without red flags.</param>
/// <param name="Flags">The red flags that were ticked.</param>
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
    /// What is missing for the highest level with a tick, such as "1 of 2 for level 4"; empty if that level is reached.
    /// </summary>
    public string Progress { get; private init; } = "";

    /// <summary>The scoring rule in words, for readers of a scorecard.</summary>
    public static string Rule(RubricPart part) =>
        $"The highest level for which {part.Needed} indicators of this or higher levels were observed; a red flag caps the score at the "
        + "level that lists it.";
}
