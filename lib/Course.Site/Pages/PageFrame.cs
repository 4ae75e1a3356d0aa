using System.Globalization;
using System.Net;

namespace Course.Site.Pages;

/// <summary>What every page has around its content, and how figures are written.</summary>
internal static class PageFrame
{
    public const string CourseTitle = "Fast LLM decoding, measured";

    /// <param name="title">Of the window.</param>
    /// <param name="root">From the page up to the site's folder.</param>
    /// <param name="body">Markup.</param>
    /// <param name="nonce">What the page's own scripts carry; null where it has none.</param>
    public static string Html(string title, string root, string body, string? nonce = null) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy(nonce)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Text(title)}</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{root}assets/site.css">
        </head>
        <body>
        {body}
        </body>
        </html>

        """;

    /// <summary>
    /// A notebook may be somebody else's: besides the page's own scripts nothing runs, and nothing is fetched or sent.
    /// Styles stay free: plotly.js writes its own, and a table may colour its cells. Source: Content Security Policy 3 (W3C).
    /// </summary>
    private static string Policy(string? nonce) =>
        $"default-src 'none'; script-src {(nonce is null ? "'none'" : $"'nonce-{nonce}'")}; style-src 'self' file: 'unsafe-inline'; "
        + "img-src data: blob:; base-uri 'none'; form-action 'none'";

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Seconds(double seconds) => seconds switch
    {
        < 0.0995 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 119.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {Math.Floor(seconds % 60):00} s"),
    };

    public static string Badge(SitePage page) => page switch
    {
        { Run.Passed: false } => "<span class=\"badge failed\">failed</span>",
        { Exercise: { IsSolved: false } exercise } => $"<span class=\"badge open\">not solved yet: {exercise}</span>",
        { Exercise: { } exercise } => $"<span class=\"badge passed\">solved: {exercise}</span>",
        _ => "<span class=\"badge passed\">passed</span>",
    };
}
