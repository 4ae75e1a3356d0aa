namespace Course.Kernel.Formatting;

/// <summary>Renders a view in one line, for a table cell.</summary>
internal static class InlineText
{
    public static string Of(View view) => view switch
    {
        View.Scalar scalar => scalar.Text.ReplaceLineEndings(" "),
        View.Sequence sequence => $"[{string.Join(", ", Parts(sequence.Items.Select(Of), sequence.More))}]",
        View.Properties properties => $"{{ {string.Join(", ", properties.Members.Select(m => $"{m.Name} = {Of(m.Value)}"))} }}",
        View.Table table => $"[{string.Join(", ", Parts(table.Rows.Select(r => Row(table.Columns, r)), table.More))}]",
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, "Unknown kind of view."),
    };

    private static string Row(IReadOnlyList<string> columns, IReadOnlyList<View> row) =>
        $"{{ {string.Join(", ", columns.Zip(row, (c, v) => $"{c} = {Of(v)}"))} }}";

    private static IEnumerable<string> Parts(IEnumerable<string> items, string more) => more.Length > 0 ? items.Append(more) : items;
}
