#pragma warning disable IDE0130 // See Kernel.cs.
namespace Microsoft.DotNet.Interactive;

public static class DisplayExtensions
{
    /// <summary><c>x.Display()</c> does the same as <c>display(x)</c>.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => Kernel.display(value, mimeTypes);

    /// <summary>Shows text as content of a MIME type such as <c>text/markdown</c>.</summary>
    public static DisplayedValue DisplayAs(this string content, string mimeType) => Kernel.display(content, mimeType);
}
