namespace Course.Kernel.Formatting;

/// <summary>
/// What a value looks like, before it is text or HTML. Bounded: describing it has already cut what is too long or too deep.
/// </summary>
internal abstract record View
{
    private View()
    {
    }

    /// <param name="Text">One value in one line, or text of several lines.</param>
    /// <param name="IsNumber">Aligned to the right in tables.</param>
    public sealed record Scalar(string Text, bool IsNumber = false) : View;

    /// <param name="Items">In order.</param>
    /// <param name="More">What was left out, such as "… 40 more"; empty if nothing.</param>
    public sealed record Sequence(IReadOnlyList<View> Items, string More) : View
    {
        /// <summary>Nothing but single values: it reads best in one line.</summary>
        public bool IsFlat => Items.All(i => i is Scalar);
    }

    /// <summary>One object: a row per property.</summary>
    public sealed record Properties(string TypeName, IReadOnlyList<(string Name, View Value)> Members) : View;

    /// <summary>Many objects of one shape: a column per property.</summary>
    public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<View>> Rows, string More) : View;
}
