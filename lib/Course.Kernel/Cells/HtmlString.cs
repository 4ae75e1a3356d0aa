#pragma warning disable IDE0130 // See Kernel.cs.
namespace Microsoft.DotNet.Interactive;

/// <summary>Text that is HTML and is shown as such.</summary>
public sealed record HtmlString(string Content)
{
    public override string ToString() => Content;
}
