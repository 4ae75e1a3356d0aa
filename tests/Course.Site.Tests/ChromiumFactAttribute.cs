namespace Course.Site.Tests;

/// <summary>Of what only a browser can tell; where Debian's chromium is not installed it is skipped, and says so.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Program = "/usr/bin/chromium";

    public ChromiumFactAttribute() => Skip = File.Exists(Program) ? null : "needs /usr/bin/chromium";
}
