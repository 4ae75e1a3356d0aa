using Course.Kernel.Execution;
using Course.Kernel.Formatting;

// The namespace and names are those of .NET Interactive, so cells that use qualified names run in either kernel.
#pragma warning disable IDE0130, IDE1006
namespace Microsoft.DotNet.Interactive;

/// <summary>The functions that a cell can call without a qualifier.</summary>
public static class Kernel
{
    /// <summary>
    /// A token that is cancelled when the cell is interrupted, for work that an interrupt cannot reach, such as Task.Run.
    /// </summary>
    public static CancellationToken Interrupted => Cell.Cancel;

    private static CellContext Cell => CellContext.Current
        ?? throw new InvalidOperationException(
            "No cell is running here. Call display and input functions only from code that a cell started.");

    /// <summary>Shows a value immediately. The returned handle can replace it later.</summary>
    /// <param name="value">Any value. With exactly one MIME type, a string or a byte array is content of that type, for example
    /// the bytes of a PNG.</param>
    /// <param name="mimeTypes">Restricts the representations to these and text/plain.</param>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        var id = Guid.NewGuid().ToString("N");
        Cell.Output.Display(Formatter.Format(value, mimeTypes), id);
        return new(id, mimeTypes);
    }

    /// <summary>Marks a string as HTML, so that it is shown as HTML.</summary>
    public static HtmlString HTML(string content) => new(content);

    /// <summary>Asks the user for a line of text.</summary>
    /// <exception cref="InputUnavailableException">The front-end cannot ask for input.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Cell.Output.RequestInputAsync(prompt, typeHint == "password", Cell.Cancel);

    /// <summary>Asks the user for a line that is hidden while it is typed.</summary>
    public static Task<string> GetPasswordAsync(string prompt = "") => GetInputAsync(prompt, "password");

    /// <summary>Removes the output of this cell so far.</summary>
    public static void ClearOutput(bool wait = false) => Cell.Output.ClearOutput(wait);

    internal static void Update(DisplayedValue shown, object? value) =>
        Cell.Output.UpdateDisplay(Formatter.Format(value, shown.MimeTypes), shown.DisplayId);
}
