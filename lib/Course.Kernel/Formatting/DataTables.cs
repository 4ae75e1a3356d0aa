using System.Data;
using System.Globalization;

namespace Course.Kernel.Formatting;

/// <summary>
/// Describes the tables of System.Data. Enumerating them would show nothing useful: a DataRow's own properties show only its state.
/// </summary>
internal static class DataTables
{
    /// <summary>Whether ToString of the value returns only its name.</summary>
    public static bool Is(object value) => value is DataTable or DataSet;

    /// <summary>Describes a table, a row or a data set.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="describe">Describes the values of a row.</param>
    /// <returns>The view; null for a value of another kind.</returns>
    public static View? TryDescribe(object value, Func<object?, View> describe) =>
        Origin.IsIn(value, "System.Data") ? Describe(value, describe) : null;

    private static View? Describe(object value, Func<object?, View> describe) => value switch
    {
        DataTable table => Table(table, table.Rows.Cast<DataRow>(), table.Rows.Count, describe),
        DataView { Table: { } table } view => Table(table, view.Cast<DataRowView>().Select(r => r.Row), view.Count, describe),
        DataRowCollection { Count: > 0 } rows => Table(rows[0].Table, rows.Cast<DataRow>(), rows.Count, describe),
        IReadOnlyList<DataRow> { Count: > 0 } rows => Table(rows[0].Table, rows, rows.Count, describe),
        DataRow row => new View.Properties(
            nameof(DataRow), [.. row.Table.Columns.Cast<DataColumn>().Select(c => (c.ColumnName, describe(row[c])))]),
        DataSet set => new View.Properties(nameof(DataSet), [.. set.Tables.Cast<DataTable>().Select(t => (t.TableName, describe(t)))]),
        _ => null,
    };

    private static View.Table Table(DataTable table, IEnumerable<DataRow> rows, int count, Func<object?, View> describe)
    {
        var columns = table.Columns.Cast<DataColumn>().Take(Describer.MaximumItems).ToList();
        var shown = rows.Take(Describer.MaximumItems).Select(r => (IReadOnlyList<View>)[.. columns.Select(c => describe(r[c]))]).ToList();
        var isCut = shown.Count < count || columns.Count < table.Columns.Count;
        var more = isCut ? string.Create(CultureInfo.InvariantCulture, $"… of {count} × {table.Columns.Count}") : "";
        return new([.. columns.Select(c => c.ColumnName)], shown, more);
    }
}
