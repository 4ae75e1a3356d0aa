namespace Course.Core;

/// <summary>A value that draws itself in a notebook. Its <see cref="object.ToString"/> says the same in plain text.</summary>
public interface IRichDisplay
{
    /// <summary>A fragment of HTML that needs no script and no network.</summary>
    string ToHtml();
}
