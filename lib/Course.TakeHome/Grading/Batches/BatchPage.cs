using System.Text;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.Reports;
using static Course.TakeHome.Grading.Reports.PageFrame;

namespace Course.TakeHome.Grading.Batches;

/// <summary>A batch as one HTML page: a table with a row for each archive and a link to its report.</summary>
internal static class BatchPage
{
    public static string Write(BatchSummary summary)
    {
        var archives = summary.Archives;
        var body = new StringBuilder($"<header><h1>{archives.Count} hand-ins</h1></header>\n");
        var counts = string.Join(" · ", archives.GroupBy(entry => entry.Status).OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {Words.Of(group.Key)}"));
        body.Append($"<p class=\"small\">{counts}. {Words.Evidence} In a cell: checks credited, of all.</p>\n");
        var titles = string.Concat(Exercise.All.Select(exercise => $"<th>{Text(exercise.Card.Title)}</th>"));
        body.Append($"<table><tr><th class=\"archive\">archive</th><th></th>{titles}<th>bugs found</th></tr>\n");
        foreach (var entry in archives)
            body.Append(Row(entry));
        return Page($"{archives.Count} hand-ins", body.Append("</table>").ToString(), wide: true);
    }

    private static string Row(BatchEntry entry) =>
        $"<tr><td><a href=\"{Text(entry.Folder)}/report.html\">{Text(entry.Folder)}</a>{Notes(entry)}</td><td>{Badge(entry.Status)}</td>"
        + (entry.Exercises.Count > 0
            ? $"{string.Concat(entry.Exercises.Select(Cell))}<td class=\"number\">{Found(entry)}</td>"
            : $"<td class=\"small\" colspan=\"{Exercise.All.Count + 1}\">{Text(entry.Remark)}</td>")
        + "</tr>\n";

    private static string Cell(BatchExercise exercise) =>
        $"<td>{Badge(Colour(exercise.Standing), $"{exercise.Credited} of {exercise.Checks}")}</td>";

    private static string Found(BatchEntry entry) =>
        (entry.Killed is null ? "" : $"{entry.Killed} of {entry.Planted}") + (entry.Flagged > 0 ? $", {entry.Flagged} false" : "");

    private static string Notes(BatchEntry entry) => (entry.SameArchiveAs, entry.SameCodeAs) switch
    {
        ({ } same, _) => $"<br><span class=\"small\">the same archive as {Text(same)}</span>",
        (_, { } same) => $"<br><span class=\"small\">the same code as {Text(same)}</span>",
        _ => "",
    };
}
