using System.Collections;
using System.Globalization;

namespace Course.Kernel.Formatting;

/// <summary>
/// Turns a value into a <see cref="View"/>. Types with their own ToString are shown by it; records, tuples, anonymous and other types are
/// shown by their members. Infinite sequences, cycles and getters that throw are handled.
/// </summary>
internal sealed class Describer
{
    public const string Null = "<null>";

    /// <summary>The maximum number of items shown of a sequence.</summary>
    public const int MaximumItems = 50;

    private const int MaximumDepth = 4;

    private readonly HashSet<object> above = new(ReferenceEqualityComparer.Instance);

    public static View Describe(object? value) => new Describer().Describe(value, 0);

    private View Describe(object? value, int depth)
    {
        if (value is null)
            return new View.Scalar(Null);
        if (Scalars.TryDescribe(value) is { } scalar)
            return scalar;
        if (depth >= MaximumDepth)
            return new View.Scalar($"({TypeNames.Of(value.GetType())})");
        if (!value.GetType().IsValueType && !above.Add(value))
            return new View.Scalar($"(the same {TypeNames.Of(value.GetType())} again)");
        try
        {
            return DescribeParts(value, depth + 1);
        }
        finally
        {
            above.Remove(value);
        }
    }

    /// <summary>Shows only the type, for a value that has nothing else to show.</summary>
    public static View.Scalar TypeOnly(object value) => new($"({TypeNames.Of(value.GetType())})");

    private View DescribeParts(object value, int depth) => Shown(value, Parts(value, depth));

    /// <summary>Replaces a view without columns or members, which would be empty.</summary>
    private static View Shown(object value, View view) => view switch
    {
        View.Properties { Members: [] } => TypeOnly(value),
        View.Table { Columns: [] } table => new View.Scalar($"{TypeOnly(value).Text} {table.More}".TrimEnd()),
        _ => view,
    };

    private View Parts(object value, int depth) => DataTables.TryDescribe(value, v => Describe(v, depth)) ?? value switch
    {
        IDictionary<string, object?> open when Origin.IsIn(value, "System.Dynamic") => new View.Properties(
            TypeNames.Of(value.GetType()), [.. open.Take(MaximumItems).Select(m => (m.Key, Describe(m.Value, depth)))]),
        IDictionary dictionary => Dictionary(dictionary, depth),
        Array { Rank: 2 } matrix => Matrix(matrix, depth),
        IEnumerable group when Groups.IsGroup(value) => new View.Properties(
            "group", [("Key", Describe(Groups.Key(value), depth)), ("Values", Sequence(group, depth))]),
        IEnumerable sequence => Sequence(sequence, depth),
        _ => new View.Properties(
            TypeNames.Of(value.GetType()), [.. Members.Of(value.GetType()).Select(m => (m.Name, Describe(m.Read(value), depth)))]),
    };

    private View.Table Dictionary(IDictionary dictionary, int depth)
    {
        var rows = dictionary.Keys.Cast<object>().Take(MaximumItems)
            .Select(key => (IReadOnlyList<View>)[Describe(key, depth), Describe(dictionary[key], depth)]).ToList();
        return new(["key", "value"], rows, More(dictionary.Count - rows.Count));
    }

    private View.Table Matrix(Array matrix, int depth)
    {
        var (height, width) = (Math.Min(matrix.GetLength(0), MaximumItems), Math.Min(matrix.GetLength(1), MaximumItems));
        var rows = Enumerable.Range(0, height)
            .Select(i => (IReadOnlyList<View>)[.. Enumerable.Range(0, width).Select(j => Describe(matrix.GetValue(i, j), depth))]).ToList();
        var columns = Enumerable.Range(0, width).Select(j => j.ToString(CultureInfo.InvariantCulture)).ToList();
        var isWhole = height * width == matrix.Length && matrix.Length > 0;
        return new(columns, rows, isWhole ? "" : $"… of {matrix.GetLength(0)} × {matrix.GetLength(1)}");
    }

    private View Sequence(IEnumerable sequence, int depth)
    {
        var (items, more) = Head(sequence);
        if (items.Count > 0 && items.TrueForAll(Groups.IsGroup))
            return new View.Table(["Key", "Values"], [.. items.Select(i => Group(i!, depth))], more);
        var members = SharedMembers(items);
        return members.Count == 0
            ? new View.Sequence([.. items.Select(i => Describe(i, depth))], more)
            : new View.Table(
                [.. members.Select(m => m.Name)],
                [.. items.Select(i => (IReadOnlyList<View>)[.. members.Select(m => Describe(m.Read(i!), depth))])],
                more);
    }

    private IReadOnlyList<View> Group(object group, int depth) => [Describe(Groups.Key(group), depth), Sequence((IEnumerable)group, depth)];

    /// <summary>
    /// The members that become the columns of a sequence; empty unless all items have one type that is shown by its members.
    /// </summary>
    private static IReadOnlyList<Member> SharedMembers(List<object?> items)
    {
        var types = items.Select(i => i?.GetType()).Distinct().ToList();
        var isTable = types is [{ } only] && !items.Exists(i => i is IEnumerable || Scalars.TryDescribe(i!) is not null);
        return isTable ? Members.Of(types[0]!) : [];
    }

    /// <summary>
    /// Returns at most <see cref="MaximumItems"/> items and a note about the rest. It reads only one item further, because a
    /// sequence may be infinite.
    /// </summary>
    private static (List<object?> Items, string More) Head(IEnumerable sequence)
    {
        var items = sequence.Cast<object?>().Take(MaximumItems + 1).ToList();
        if (items.Count <= MaximumItems)
            return (items, "");
        items.RemoveAt(MaximumItems);
        return (items, sequence is ICollection known ? More(known.Count - MaximumItems) : "… more");
    }

    private static string More(int left) => left > 0 ? string.Create(CultureInfo.InvariantCulture, $"… {left} more") : "";
}
