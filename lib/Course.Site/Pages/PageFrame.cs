using System.Globalization;
using System.Net;

namespace Course.Site.Pages;

/// <summary>The HTML around the content of every page, and the formatting of numbers.</summary>
internal static class PageFrame
{
    public const string CourseTitle = "Fast LLM decoding, measured";

    /// <summary>Returns a complete page.</summary>
    /// <param name="title">The title of the page.</param>
    /// <param name="root">The relative path from the page to the site's folder.</param>
    /// <param name="body">The markup of the body.</param>
    /// <param name="nonce">The nonce of the page's own scripts; null if it has none.</param>
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
    /// A notebook may come from anyone, so only the page's own scripts run, and nothing is fetched or sent. Styles are allowed, because
    /// plotly.js writes its own and tables may colour their cells. Source: Content Security Policy 3 (W3C).
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
