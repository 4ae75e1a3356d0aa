#pragma warning disable IDE0130 // See Kernel.cs.
namespace Microsoft.DotNet.Interactive;

/// <summary>A displayed value that can be updated later.</summary>
public sealed class DisplayedValue
{
    internal DisplayedValue(string displayId, string[] mimeTypes) => (DisplayId, MimeTypes) = (displayId, mimeTypes);

    public string DisplayId { get; }

    internal string[] MimeTypes { get; }

    /// <summary>Replaces the displayed value in every place where it is shown.</summary>
    public void Update(object? value) => Kernel.Update(this, value);
}
