using Course.Kernel.Execution;

namespace Course.Kernel.Formatting;

/// <summary>
/// Shows only the beginning of large TorchSharp tensors, whose own text contains every row. It formats a view of the beginning, because
/// formatting the whole of a model's matrix would take minutes.
/// </summary>
internal static class KnownTensors
{
    private const string TypeName = "TorchSharp.torch+Tensor";

    /// <summary>The maximum number of indices shown of the second to last dimension, and of each dimension before it.</summary>
    private const long Rows = 20, Outer = 3;

    /// <returns>Text and HTML; null if the value is not a tensor, or is short enough for its own formatter.</returns>
    public static MimeBundle? TryFormat(object value)
    {
        if (value.GetType().FullName != TypeName || value.GetType().GetProperty("shape")?.GetValue(value) is not long[] shape)
            return null;
        if (!shape.Where((_, i) => IsCut(shape, i)).Any())
            return null;
        using var beginning = Beginning(value, shape);
        var text = ConventionFormatters.TryFormat(beginning.Value)?.Text ?? "";
        var rows = text.Split('\n', 2) is [_, var below] ? below.TrimEnd() : "";
        var shown = shape.Select((length, i) => IsCut(shape, i) ? Kept(shape, i) : length);
        var cut = $"{value}\n{rows}\n… the first {string.Join("x", shown)} of {string.Join("x", shape)}";
        return MimeBundle.Of((MimeBundle.Html, $"{Html.Of($"<pre>{cut}</pre>")}"), (MimeBundle.PlainText, cut));
    }

    private static long Kept(long[] shape, int dimension) => dimension == shape.Length - 2 ? Rows : Outer;

    /// <summary>The last dimension is a line of text, which TorchSharp shortens itself.</summary>
    private static bool IsCut(long[] shape, int dimension) => dimension < shape.Length - 1 && shape[dimension] > Kept(shape, dimension);

    private static Views Beginning(object tensor, long[] shape)
    {
        var narrow = tensor.GetType().GetMethod("narrow", [typeof(long), typeof(long), typeof(long)])!;
        var views = new Views(tensor);
        for (var i = 0; i < shape.Length; i++)
            if (IsCut(shape, i))
                views.Add(narrow.Invoke(views.Value, [(long)i, 0L, Kept(shape, i)])!);
        return views;
    }

    /// <summary>Nested views of a tensor. Disposing them leaves the tensor itself alive.</summary>
    private sealed class Views(object tensor) : IDisposable
    {
        private readonly Stack<object> made = [];

        public object Value => made.TryPeek(out var last) ? last : tensor;

        public void Add(object view) => made.Push(view);

        public void Dispose()
        {
            foreach (var view in made.OfType<IDisposable>())
                view.Dispose();
        }
    }
}
