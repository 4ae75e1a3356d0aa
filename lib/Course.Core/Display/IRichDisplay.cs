namespace Course.Core;

/// <summary>A value that renders itself in a notebook. Its <see cref="object.ToString"/> returns the same content as plain text.</summary>
public interface IRichDisplay
{
    /// <summary>Returns an HTML fragment that needs neither scripts nor a network.</summary>
    string ToHtml();
}
