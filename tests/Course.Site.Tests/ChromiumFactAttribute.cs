namespace Course.Site.Tests;

/// <summary>A test that needs a browser; it is visibly skipped unless Debian's chromium is installed.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/chromium";

    public ChromiumFactAttribute() => Skip = File.Exists(Program) ? null : "needs /usr/bin/chromium";
}
