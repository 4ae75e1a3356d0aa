using Course.TakeHome.Interview;

namespace Course.Cli.Interviewing;

/// <summary>A scorecard in three forms, side by side.</summary>
internal static class ScorecardFiles
{
    /// <summary>Writes <c>scorecard.html</c>, <c>.md</c> and <c>.json</c>; returns their paths.</summary>
    public static IReadOnlyList<string> Write(Scorecard card, string folder)
    {
        AtomicFile.CreateFolder(folder, ownerOnly: true);
        return [.. new[]
        {
            ("html", ScorecardPage.Write(card)), ("md", ScorecardMarkdown.Write(card)), ("json", card.ToJson())
        }.Select(form =>
        {
            var path = Path.GetFullPath(Path.Combine(folder, $"scorecard.{form.Item1}"));
            AtomicFile.WritePrivate(path, form.Item2);
            return path;
        })];
    }
}
