#pragma warning disable IDE0130 // See Kernel.cs.
namespace Microsoft.DotNet.Interactive;

/// <summary>A string that front-ends show as HTML.</summary>
public sealed record HtmlString(string Content)
{
    public override string ToString() => Content;
}
