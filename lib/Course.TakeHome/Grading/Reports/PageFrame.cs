using System.Net;

namespace Course.TakeHome.Grading.Reports;

/// <summary>What every page of grading and of an interview has around it: one file that needs nothing else, loads nothing and prints on paper.</summary>
internal static class PageFrame
{
    /// <summary>Paper and ink, by day, by night and in print, and what every page lays out alike.</summary>
    private const string Common = """
        :root { color-scheme: light dark; --ink: #1d2433; --paper: #fff; --soft: #55607a; --line: #d5dae5; --ask: #2f4f86; --link: #2f5fa8; --panel: #f5f6f9; --good: #13653a; --good-back: #d9efe0; --some: #7a5700; --some-back: #fdf0cf; --bad: #9c2f1e; --bad-back: #f8dcd6; --none-back: #e8ebf1; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e4e8f1; --paper: #171b24; --soft: #a3adc2; --line: #343c4e; --ask: #9dbdf2; --link: #7aa7ec; --panel: #202634; --good: #8fe0b2; --good-back: #1d3a2a; --some: #f0d58a; --some-back: #40351a; --bad: #f4a494; --bad-back: #47251f; --none-back: #2a3142; } }
        body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2.5rem auto; }
        header { display: flex; gap: 2rem; align-items: baseline; justify-content: space-between; border-bottom: 2px solid var(--ink); }
        h1 { font-size: 1.6rem; margin: 0 0 .4rem; }
        .small { color: var(--soft); font-size: .88rem; }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); padding: .35rem .8rem .35rem 0; }
        @media print { :root { color-scheme: light; --ink: #1d2433; --paper: #fff; --soft: #55607a; --line: #d5dae5; --ask: #2f4f86; --link: #2f5fa8; --panel: #f5f6f9; --good: #13653a; --good-back: #d9efe0; --some: #7a5700; --some-back: #fdf0cf; --bad: #9c2f1e; --bad-back: #f8dcd6; --none-back: #e8ebf1; } body { margin: 0; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """;

    private const string Style = """
        body { max-width: 62rem; padding: 0 1.4rem; }
        body.wide { max-width: 76rem; }
        h2 { font-size: 1.2rem; margin: 2.4rem 0 .5rem; display: flex; gap: .8rem; align-items: center; } h3 { font-size: .95rem; margin: 1.1rem 0 .3rem; }
        code { font-size: .82rem; }
        th { font-weight: 600; font-size: .85rem; color: var(--soft); } td, li, p, h1 { overflow-wrap: anywhere; } td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        img { max-width: 100%; }
        th.archive { min-width: 9rem; }
        .badge { font-size: .85rem; font-weight: 600; padding: .12rem .6rem; border-radius: 1rem; white-space: nowrap; }
        .good { background: var(--good-back); color: var(--good); } .some { background: var(--some-back); color: var(--some); } .bad { background: var(--bad-back); color: var(--bad); } .none { background: var(--none-back); color: var(--soft); }
        .bar { display: flex; gap: 2px; min-width: 10rem; padding-top: .35rem; } .bar i { flex: 1; height: .7rem; max-width: 1.1rem; background: #c9503a; } .bar i.good { background: #3f9463; } .bar i.some { background: #e2bd57; } .bar i.none { background: var(--line); }
        .checks { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem; } .checks li { border-radius: .3rem; padding: .05rem .5rem; font-size: .86rem; } .hidden::after { content: " ◦"; }
        .findings { padding: 0; list-style: none; } .findings li { border-left: 3px solid #c9503a; padding: .15rem 0 .15rem .8rem; margin: .6rem 0; } .findings li.note { border-color: var(--line); }
        .why { display: block; color: var(--soft); font-size: .88rem; } .why::before { content: "Why: "; font-weight: 600; }
        .ask { display: block; color: var(--ask); } .ask::before { content: "Ask: "; font-weight: 600; }
        .written { display: grid; grid-template-columns: 3fr 2fr; gap: 1.6rem; } .words { white-space: pre-wrap; background: var(--panel); padding: .6rem .8rem; border-radius: .3rem; overflow-wrap: anywhere; }
        .tick { list-style: none; padding: 0; font-size: .9rem; } .tick li { padding-left: 1.5rem; margin: .45rem 0; position: relative; } .tick li::before { content: ""; position: absolute; left: 0; top: .25rem; width: .75rem; height: .75rem; border: 1.5px solid var(--soft); }
        section { break-inside: auto; } .findings li, tr { break-inside: avoid; } a { color: var(--link); } pre { background: var(--panel); padding: .6rem .8rem; border-radius: .3rem; font-size: .82rem; overflow-x: auto; } .scroll { overflow-x: auto; } .tick li.flag::before { border-radius: 50%; border-color: var(--bad); } img { background: #fff; }
        @media (max-width: 50rem) { .written { grid-template-columns: minmax(0, 1fr); } header { flex-wrap: wrap; gap: .2rem 1rem; } h2 { flex-wrap: wrap; } table { display: block; overflow-x: auto; } .bar { min-width: 5rem; } td { min-width: 4rem; } }
        @media print { body { max-width: none; font-size: 10.5pt; } }
        """;

    /// <summary>An answer in words may be 20,000 characters long, and a source as long as a screen takes.</summary>
    private const int LongestText = 60_000;

    /// <param name="title">Of the window.</param>
    /// <param name="body">HTML.</param>
    /// <param name="wide">For a table of many columns.</param>
    public static string Page(string title, string body, bool wide = false) => Page(title, body, Style, wide ? " class=\"wide\"" : "");

    /// <param name="title">Of the window.</param>
    /// <param name="body">HTML.</param>
    /// <param name="style">The page's own rules, after what all pages have.</param>
    /// <param name="attributes">Of the body.</param>
    public static string Page(string title, string body, string style, string attributes = "") => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>{Text(title)}</title><style>{Common}
        {style}</style></head><body{attributes}>
        {body}
        </body></html>

        """;

    /// <summary>Whatever it says, it is text.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(SafeText.Lines(text, LongestText));

    public static string Badge(string colour, string text) => $"<span class=\"badge {colour}\">{Text(text)}</span>";

    public static string Badge(GradeStatus status) => Badge(status switch { GradeStatus.Graded => "good", GradeStatus.NotGraded => "none", _ => "bad" }, Words.Of(status));

    public static string Badge(Standing standing) => Badge(Colour(standing), Words.Of(standing));

    public static string Colour(Standing standing) => standing switch { Standing.Holds => "good", Standing.Partly => "some", Standing.NothingCredited => "bad", _ => "none" };
}
