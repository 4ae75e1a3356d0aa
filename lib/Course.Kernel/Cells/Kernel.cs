using Course.Kernel.Execution;
using Course.Kernel.Formatting;

// The namespace and names of .NET Interactive: cells that write them in full run in either kernel.
#pragma warning disable IDE0130, IDE1006
namespace Microsoft.DotNet.Interactive;

/// <summary>What a cell can call without a qualifier.</summary>
public static class Kernel
{
    /// <summary>Cancelled when the cell is interrupted; for work on threads that an interrupt cannot reach, such as Task.Run.</summary>
    public static CancellationToken Interrupted => Cell.Cancel;

    private static CellContext Cell => CellContext.Current
        ?? throw new InvalidOperationException("There is no running cell here: display and input belong to code that a cell started.");

    /// <summary>Shows a value now; the handle can replace it later.</summary>
    /// <param name="value">Anything; with one type given, a string or an array of bytes is content of that type, a PNG's bytes say.</param>
    /// <param name="mimeTypes">Restricts the representations; text/plain stays.</param>
    public static DisplayedValue display(object? value, params string[] mimeTypes)
    {
        var id = Guid.NewGuid().ToString("N");
        Cell.Output.Display(Formatter.Format(value, mimeTypes), id);
        return new(id, mimeTypes);
    }

    /// <summary>Marks text as HTML that is to be shown as such.</summary>
    public static HtmlString HTML(string content) => new(content);

    /// <summary>Asks the person at the notebook for a line.</summary>
    /// <exception cref="InputUnavailableException">Nobody is there to answer.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") =>
        Cell.Output.RequestInputAsync(prompt, typeHint == "password", Cell.Cancel);

    /// <summary>Asks for a line that is not shown while it is typed.</summary>
    public static Task<string> GetPasswordAsync(string prompt = "") => GetInputAsync(prompt, "password");

    /// <summary>Removes what this cell has shown so far.</summary>
    public static void ClearOutput(bool wait = false) => Cell.Output.ClearOutput(wait);

    internal static void Update(DisplayedValue shown, object? value) =>
        Cell.Output.UpdateDisplay(Formatter.Format(value, shown.MimeTypes), shown.DisplayId);
}
