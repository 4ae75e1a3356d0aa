using System.Globalization;
using System.Net;

namespace Course.Kernel.Site.Pages;

/// <summary>What every page has around its content, and how figures are written.</summary>
internal static class PageFrame
{
    public const string CourseTitle = "Where does the time go?";

    public static string Html(string title, string root, string body) => $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
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

    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Seconds(double seconds) => seconds switch
    {
        < 0.0995 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms"),
        < 9.95 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 119.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {Math.Floor(seconds % 60):00} s"),
    };

    public static string Badge(bool passed) =>
        passed ? "<span class=\"badge passed\">passed</span>" : "<span class=\"badge failed\">failed</span>";
}
