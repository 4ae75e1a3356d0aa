using System.Text;

namespace Course.Mutants;

/// <summary>The matrix as a table for a notebook: one bug a row, under its area; whoever rests on a cross reads the check's objection.</summary>
internal static class MutantMatrixTable
{
    private const string Narrow = "padding:1px 7px;line-height:1.3;text-align:center";

    public static string Of(MutantMatrix matrix)
    {
        var html = new StringBuilder("<table style=\"font-size:0.82em\"><thead><tr><th></th>");
        for (var check = 1; check <= matrix.Checks.Count; check++)
            html.Append(Html.Of($"<th style=\"{Narrow}\" title=\"{matrix.Checks[check - 1]}\">{check}</th>"));
        html.Append("</tr></thead><tbody>");
        foreach (var area in matrix.Rows.GroupBy(row => row.Area))
            Append(html, area.Key?.ToString() ?? "Right", matrix.Checks.Count, area);
        html.Append("</tbody></table><p style=\"font-size:0.85em\">");
        html.AppendJoin(" · ", matrix.Checks.Select((check, index) => Html.Of($"<b>{index + 1}</b>&nbsp;{check}")));
        return html.Append(Html.Of($"</p><p>{Verdict(matrix)}</p>")).ToString();
    }

    public static string Text(MutantMatrix matrix)
    {
        var width = matrix.Rows.Select(row => row.Name.Length).DefaultIfEmpty(0).Max();
        var rows = matrix.Rows.Select(row => $"{row.Name.PadRight(width)}  {string.Concat(row.Objections.Select(objection => objection is null ? '·' : '✗'))}");
        return string.Join('\n', [.. rows, .. matrix.Checks.Select((check, index) => $"{index + 1,2} {check}"), Verdict(matrix)]);
    }

    public static string Verdict(MutantMatrix matrix)
    {
        string[] wrong = [.. matrix.Rows.Where(row => !row.Settled).Select(row => row.Name)];
        return wrong.Length > 0
            ? $"Not as it should be: {string.Join(", ", wrong)}."
            : $"All {matrix.Rows.Count(row => row.Area is not null)} bugs are found, and all {matrix.Rows.Count(row => row.Area is null)} right variants pass.";
    }

    private static void Append(StringBuilder html, string area, int checks, IEnumerable<MatrixRow> rows)
    {
        html.Append(Html.Of($"<tr><th style=\"text-align:left;padding-top:6px\" colspan=\"{checks + 1}\">{area}</th></tr>"));
        foreach (var row in rows)
        {
            html.Append(Html.Of($"<tr><td style=\"text-align:left;white-space:nowrap;padding:1px 7px;line-height:1.3\">{row.Name}</td>"));
            foreach (var objection in row.Objections)
                html.Append(objection is null
                    ? Html.Of($"<td style=\"{Narrow};opacity:0.35\">·</td>")
                    : Html.Of($"<td style=\"{Narrow};color:#d55e00;font-weight:bold\" title=\"{objection}\">✗</td>"));
            html.Append("</tr>");
        }
    }
}
