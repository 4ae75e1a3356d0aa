namespace Course.Kernel.Formatting;

/// <summary>
/// The structure of a value before it is rendered as text or HTML. Long and deep values have already been cut.
/// </summary>
internal abstract record View
{
    private View()
    {
    }

    /// <summary>A single value.</summary>
    /// <param name="Text">The value's text, in one or more lines.</param>
    /// <param name="IsNumber">Whether tables align it to the right.</param>
    public sealed record Scalar(string Text, bool IsNumber = false) : View;

    /// <summary>A sequence of values.</summary>
    /// <param name="Items">The items, in order.</param>
    /// <param name="More">A note about omitted items, such as "… 40 more"; empty if none.</param>
    public sealed record Sequence(IReadOnlyList<View> Items, string More) : View
    {
        /// <summary>Whether all items are single values, which are shown in one line.</summary>
        public bool IsFlat => Items.All(i => i is Scalar);
    }

    /// <summary>One object, with a row per property.</summary>
    public sealed record Properties(string TypeName, IReadOnlyList<(string Name, View Value)> Members) : View;

    /// <summary>Objects of one type, with a column per property.</summary>
    public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<View>> Rows, string More) : View;
}
