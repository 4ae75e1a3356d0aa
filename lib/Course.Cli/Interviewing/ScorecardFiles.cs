using Course.TakeHome.Interview;

namespace Course.Cli.Interviewing;

/// <summary>Writes a scorecard in three formats.</summary>
internal static class ScorecardFiles
{
    /// <summary>Writes <c>scorecard.html</c>, <c>.md</c> and <c>.json</c>; returns their paths.</summary>
    public static IReadOnlyList<string> Write(Scorecard card, string folder)
    {
        AtomicFile.CreateFolder(folder, ownerOnly: true);
        (string Extension, string Text)[] forms =
            [("html", ScorecardPage.Write(card)), ("md", ScorecardMarkdown.Write(card)), ("json", card.ToJson())];
        return
        [
            .. forms.Select(form =>
            {
                var path = Path.GetFullPath(Path.Combine(folder, $"scorecard.{form.Extension}"));
                AtomicFile.WritePrivate(path, form.Text);
                return path;
            }),
        ];
    }
}
