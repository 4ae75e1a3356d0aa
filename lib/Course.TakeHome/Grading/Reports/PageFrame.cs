using System.Net;

namespace Course.TakeHome.Grading.Reports;

/// <summary>What every page of grading has around it: one file that needs nothing else, loads nothing and prints on paper.</summary>
internal static class PageFrame
{
    private const string Style = """
        :root { color-scheme: light; }
        body { font: 15px/1.5 system-ui, sans-serif; color: #1d2433; max-width: 62rem; margin: 2.5rem auto; padding: 0 1.4rem; }
        body.wide { max-width: 76rem; }
        header { display: flex; gap: 2rem; align-items: baseline; justify-content: space-between; border-bottom: 2px solid #1d2433; }
        h1 { font-size: 1.6rem; margin: 0 0 .4rem; } h2 { font-size: 1.2rem; margin: 2.4rem 0 .5rem; display: flex; gap: .8rem; align-items: center; } h3 { font-size: .95rem; margin: 1.1rem 0 .3rem; }
        .small { color: #55607a; font-size: .88rem; } code { font-size: .82rem; }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top; border-bottom: 1px solid #d5dae5; padding: .35rem .8rem .35rem 0; }
        th { font-weight: 600; font-size: .85rem; color: #55607a; } td, li, p, h1 { overflow-wrap: anywhere; } td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        img { max-width: 100%; }
        th.archive { min-width: 9rem; }
        .badge { font-size: .85rem; font-weight: 600; padding: .12rem .6rem; border-radius: 1rem; white-space: nowrap; }
        .good { background: #d9efe0; color: #13653a; } .some { background: #fdf0cf; color: #7a5700; } .bad { background: #f8dcd6; color: #9c2f1e; } .none { background: #e8ebf1; color: #55607a; }
        .bar { display: flex; gap: 2px; min-width: 10rem; padding-top: .35rem; } .bar i { flex: 1; height: .7rem; max-width: 1.1rem; background: #c9503a; } .bar i.good { background: #3f9463; } .bar i.some { background: #e2bd57; } .bar i.none { background: #d5dae5; }
        .checks { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .35rem; } .checks li { border-radius: .3rem; padding: .05rem .5rem; font-size: .86rem; } .hidden::after { content: " ◦"; }
        .findings { padding: 0; list-style: none; } .findings li { border-left: 3px solid #c9503a; padding: .15rem 0 .15rem .8rem; margin: .6rem 0; } .findings li.note { border-color: #d5dae5; }
        .why { display: block; color: #55607a; font-size: .88rem; } .why::before { content: "Why: "; font-weight: 600; }
        .ask { display: block; color: #2f4f86; } .ask::before { content: "Ask: "; font-weight: 600; }
        .written { display: grid; grid-template-columns: 3fr 2fr; gap: 1.6rem; } .words { white-space: pre-wrap; background: #f5f6f9; padding: .6rem .8rem; border-radius: .3rem; overflow-wrap: anywhere; }
        .tick { list-style: none; padding: 0; font-size: .9rem; } .tick li { padding-left: 1.5rem; margin: .45rem 0; position: relative; } .tick li::before { content: ""; position: absolute; left: 0; top: .25rem; width: .75rem; height: .75rem; border: 1.5px solid #55607a; }
        section { break-inside: auto; } .findings li, tr { break-inside: avoid; } a { color: #2f5fa8; }
        @media (max-width: 50rem) { .written { grid-template-columns: 1fr; } }
        @media print { body { margin: 0; max-width: none; font-size: 10.5pt; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """;

    /// <param name="title">Of the window.</param>
    /// <param name="body">HTML.</param>
    /// <param name="wide">For a table of many columns.</param>
    public static string Page(string title, string body, bool wide = false) => $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>{Text(title)}</title><style>{Style}</style></head><body{(wide ? " class=\"wide\"" : "")}>
        {body}
        </body></html>

        """;

    /// <summary>Whatever it says, it is text.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    public static string Badge(string colour, string text) => $"<span class=\"badge {colour}\">{Text(text)}</span>";

    public static string Badge(GradeStatus status) => Badge(status switch { GradeStatus.Graded => "good", GradeStatus.NotGraded => "none", _ => "bad" }, Words.Of(status));

    public static string Badge(Standing standing) => Badge(Colour(standing), Words.Of(standing));

    public static string Colour(Standing standing) => standing switch { Standing.Holds => "good", Standing.Partly => "some", Standing.NothingCredited => "bad", _ => "none" };
}
