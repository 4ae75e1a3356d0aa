namespace Course.Kernel.Formatting;

/// <summary>Renders a view as HTML without a style sheet, which front-ends would remove.</summary>
internal static class HtmlRenderer
{
    private const string Left = " style=\"text-align: left\"", Right = " style=\"text-align: right\"";

    public static string Render(View view) => view switch
    {
        View.Scalar scalar => Encode(scalar.Text),
        View.Sequence { IsFlat: true } => Encode(InlineText.Of(view)),
        View.Sequence sequence => Table("", [.. sequence.Items.Select(i => Row([i]))], sequence.More, 1),
        View.Properties properties => Table(
            $"<tr><th colspan=\"2\"{Left}>{Encode(properties.TypeName)}</th></tr>",
            properties.Members.Select(m => $"<tr><th{Left}>{Encode(m.Name)}</th>{Cell(m.Value)}</tr>"), "", 2),
        View.Table table => Table(
            $"<tr>{string.Concat(table.Columns.Select((c, i) => HeaderCell(c, table.Rows.Any(r => IsNumber(r[i])))))}</tr>",
            table.Rows.Select(Row), table.More, table.Columns.Count),
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, "Unknown kind of view."),
    };

    private static string Table(string head, IEnumerable<string> rows, string more, int columns) =>
        $"<table><thead>{head}</thead><tbody>{string.Concat(rows)}"
        + (more.Length > 0 ? $"<tr><td colspan=\"{columns}\"{Left}>{Encode(more)}</td></tr>" : "") + "</tbody></table>";

    private static string Row(IReadOnlyList<View> cells) => $"<tr>{string.Concat(cells.Select(Cell))}</tr>";

    private static string HeaderCell(string name, bool isNumber) => $"<th{(isNumber ? Right : Left)}>{Encode(name)}</th>";

    private static string Cell(View view) => $"<td{(IsNumber(view) ? Right : Left)}>{Render(view)}</td>";

    private static bool IsNumber(View view) => view is View.Scalar { IsNumber: true };

    /// <summary>Encodes only the characters that are markup in HTML. WebUtility would also encode every accented letter.</summary>
    private static string Encode(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("\n", "<br>", StringComparison.Ordinal);
}
