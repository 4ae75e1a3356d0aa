#pragma warning disable IDE0130 // See Kernel.cs.
namespace Microsoft.DotNet.Interactive;

/// <summary>Something on screen that can be replaced.</summary>
public sealed class DisplayedValue
{
    internal DisplayedValue(string displayId, string[] mimeTypes) => (DisplayId, MimeTypes) = (displayId, mimeTypes);

    public string DisplayId { get; }

    internal string[] MimeTypes { get; }

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? value) => Kernel.Update(this, value);
}
