using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;
using Course.Kernel.Running;
using static Course.Site.Pages.PageFrame;

namespace Course.Site.Pages;

/// <summary>The page of one notebook: table of contents, cells with their outputs, and links to the previous and next page.</summary>
internal sealed class NotebookPage(SitePage page, SitePage? previous, SitePage? next, MarkdownRenderer markdown)
{
    private readonly OutputRenderer outputs = new(markdown);

    // Random for each page, so no notebook can know it.
    private readonly string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));

    public async Task<string> HtmlAsync(CancellationToken cancellation)
    {
        var code = new Queue<string>(await CSharpHighlighter.ToHtmlAsync(
            [.. page.Notebook.CodeCells.Select(cell => cell.Source)], cancellation));
        // Cells are rendered first, because rendering collects the headings.
        var cells = string.Join('\n', page.Notebook.Cells.Select(cell => Cell(cell, code)));
        return PageFrame.Html($"{page.Title} · {CourseTitle}", page.Root, $"""
            <nav class="top"><a href="{page.Root}index.html">{CourseTitle}</a>{Neighbours()}</nav>
            <div class="columns">
            <nav class="contents" aria-label="On this page">{Contents()}</nav>
            <main>
            {Facts()}
            {cells}
            <nav class="bottom">{Neighbours()}</nav>
            </main>
            </div>
            {(cells.Contains("class=\"chart\"", StringComparison.Ordinal) ? Scripts() : "")}
            """, nonce);
    }

    private string Scripts() => $"""
        <script defer nonce="{nonce}" src="{page.Root}assets/plotly.min.js"></script>
        <script defer nonce="{nonce}" src="{page.Root}assets/site.js"></script>
        """;

    private string Neighbours() =>
        "<span class=\"neighbours\">"
        + (previous is null ? "" : $"<a rel=\"prev\" href=\"{previous.UrlFrom(page)}\">← {Text(previous.Title)}</a>")
        + (next is null ? "" : $"<a rel=\"next\" href=\"{next.UrlFrom(page)}\">{Text(next.Title)} →</a>")
        + "</span>";

    private string Contents()
    {
        var list = new StringBuilder("<ul>");
        foreach (var heading in markdown.Headings.Where(heading => heading.Level is 2 or 3))
            list.Append($"<li class=\"level-{heading.Level}\"><a href=\"#{heading.Id}\">{Text(heading.Text)}</a></li>");

        return list.Append("</ul>").ToString();
    }

    private string Facts()
    {
        var run = page.Run;
        var facts = $"""
            <p class="facts">{Badge(page)} <span>{Seconds(run.Seconds)}</span> <span>{Text(run.Machine)}</span>
            <span>device {Text(run.Device)}</span>{(run.Quick ? " <span>quick mode: few tokens, few samples</span>" : "")}</p>
            """;
        return run.Failure is null ? facts : facts + $"<pre class=\"error\">{Text(run.Failure)}</pre>";
    }

    private string Cell(NotebookCell cell, Queue<string> code) => cell.Kind switch
    {
        CellKind.Markdown => $"<section class=\"prose\">{markdown.ToHtml(cell.Source, Attachments(cell))}</section>",
        CellKind.Code => Code(cell, code.Dequeue()),
        _ => "",
    };

    private string Code(NotebookCell cell, string highlighted)
    {
        var count = cell.ExecutionCount is { } number ? $"[{number}]" : "[ ]";
        var time = CellTiming.Read(cell) is { } span ? $"<span>{Seconds(span.TotalSeconds)}</span>" : "";
        var shown = string.Concat(cell.Outputs.OfType<JsonObject>().Select(outputs.ToHtml));
        var below = shown.Length > 0 ? $"<div class=\"outputs\">{shown}</div>" : "";
        return $"""
            <section class="cell"><div class="margin"><span>{count}</span>{time}</div>
            <pre class="code" tabindex="0"><code>{highlighted}</code></pre>{below}</section>
            """;
    }

    /// <summary>Pictures pasted into a Markdown cell: name → { type: base64 }.</summary>
    private static Dictionary<string, string> Attachments(NotebookCell cell) =>
        (cell.Json["attachments"] as JsonObject ?? [])
            .Where(pair => pair.Value is JsonObject { Count: > 0 })
            .ToDictionary(pair => pair.Key, pair => DataAddress(pair.Value!.AsObject().First()));

    private static string DataAddress(KeyValuePair<string, JsonNode?> form) => $"data:{form.Key};base64,{form.Value}";
}
