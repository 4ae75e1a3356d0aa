using System.Text;

namespace Course.Kernel.Formatting;

/// <summary>Renders a view for a terminal, with padded columns and numbers aligned to the right.</summary>
internal static class PlainTextRenderer
{
    public static string Render(View view) => view switch
    {
        View.Scalar scalar => scalar.Text,
        View.Sequence { IsFlat: false } sequence => Lines(sequence.Items.Select(InlineText.Of), sequence.More),
        View.Sequence => InlineText.Of(view),
        View.Properties properties =>
            properties.TypeName + "\n"
            + Grid([.. properties.Members.Select(m => (IReadOnlyList<View>)[new View.Scalar("  " + m.Name), m.Value])]),
        View.Table table =>
            Lines([Grid([[.. table.Columns.Select((c, i) => new View.Scalar(c, IsNumeric(table, i)))], .. table.Rows])], table.More),
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, "Unknown kind of view."),
    };

    private static bool IsNumeric(View.Table table, int column) => table.Rows.Any(r => r[column] is View.Scalar { IsNumber: true });

    private static string Lines(IEnumerable<string> lines, string more) =>
        string.Join("\n", more.Length > 0 ? lines.Append(more) : lines);

    private static string Grid(IReadOnlyList<IReadOnlyList<View>> rows)
    {
        var texts = rows.Select(r => r.Select(InlineText.Of).ToArray()).ToArray();
        var widths = Enumerable.Range(0, rows[0].Count).Select(i => texts.Max(r => r[i].Length)).ToArray();
        var text = new StringBuilder();
        for (var i = 0; i < rows.Count; i++)
        {
            var cells = texts[i].Select(
                (t, j) => rows[i][j] is View.Scalar { IsNumber: true } ? t.PadLeft(widths[j]) : t.PadRight(widths[j]));
            text.Append(i > 0 ? "\n" : "").Append(string.Join("  ", cells).TrimEnd());
        }
        return text.ToString();
    }
}
