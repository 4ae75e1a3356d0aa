namespace Course.TakeHome.Rubrics;

/// <summary>Reads <c>rubric.yaml</c>.</summary>
public static class RubricFile
{
    /// <summary>Reads a rubric.</summary>
    /// <exception cref="RubricException">The file cannot be read, or is not a valid rubric.</exception>
    public static Rubric Read(string path) => new YamlFile(path).Read("rubric", root =>
    {
        var parts = root.Entries("parts", Part);
        if (parts.Count == 0)
            throw root.Complain("a rubric needs at least one part.", "Add one below \"parts:\".");
        var rubric = new Rubric(root.Number("threshold", 1, parts.Count * RubricPart.HighestScore), parts);
        var ids = rubric.Indicators.Select(at => at.Indicator.Id).Concat(parts.Select(part => part.Id));
        return ids.GroupBy(id => id).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw root.Complain($"the id {twice.Key} occurs {twice.Count()} times.", "Rename all but one: ticks are kept by id.")
            : rubric;
    });

    private static RubricPart Part(YamlEntry entry)
    {
        var part = new RubricPart(
            entry.Text("id"), entry.Text("title"), entry.Text("asks"), entry.Text("looks"), entry.Number("needed", 1, 10),
            entry.Entries("levels", LevelOf));
        return part.Levels.Select(level => level.Score).SequenceEqual(Enumerable.Range(0, RubricPart.HighestScore + 1))
            ? part
            : throw entry.Complain($"part {part.Id} has the levels {string.Join(", ", part.Levels.Select(level => level.Score))}.",
                $"Give it 0 to {RubricPart.HighestScore}, in this order.");
    }

    private static Level LevelOf(YamlEntry entry)
    {
        var level = new Level(
            entry.Number("score", 0, RubricPart.HighestScore), entry.Text("title"),
            entry.Entries("indicators", IndicatorOf), entry.Entries("redFlags", IndicatorOf), entry.Texts("evidence"));
        return level.Score == 0 || level.Indicators.Count > 0
            ? level
            : throw entry.Complain($"level {level.Score} has no indicators, so nothing could reach it.", "Add some below \"indicators:\".");
    }

    private static Indicator IndicatorOf(YamlEntry entry) => new(entry.Text("id"), entry.Text("text"));
}
