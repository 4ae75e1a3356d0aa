using System.Text.Encodings.Web;
using System.Text.Json;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Folder;

/// <summary>An exercise as a notebook: the same card, stub and checks. The text of the answer's cell is that of Answer.cs.</summary>
public static class NotebookText
{
    /// <summary>The seed of the notebooks that lie in the repository.</summary>
    public const ulong RepositorySeed = 0;

    private const string RepositoryAssemblies = "../../lib/Course.TakeHome.Contracts/bin/Release/net10.0";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static string FileName(Exercise exercise) => $"{exercise.Card.Order}-{exercise.Id}.ipynb";

    /// <summary>As it lies under notebooks/take-home.</summary>
    public static string OfRepository(Exercise exercise) => Of(exercise, RepositorySeed, RepositoryAssemblies);

    /// <param name="exercise">The exercise.</param>
    /// <param name="seed">Of the folder.</param>
    /// <param name="assemblies">The folder that holds Course.TakeHome.Contracts.dll and Course.Core.dll, relative to the notebook.</param>
    public static string Of(Exercise exercise, ulong seed, string assemblies)
    {
        var card = exercise.Card;
        var text = exercise.Filled(card.Text.Trim(), seed);
        object[] cells =
        [
            Markdown("title", $"# {card.Order} · {card.Title}\n\n**The question: {Question(text)}**\n\n"
                + CardText.Effort(card)),
            Markdown("card",
                CardText.Between(text, "## The question", CardText.PredictionHeading)
                    .Replace($"## The question\n\n{Question(text)}\n\n", "", StringComparison.Ordinal)
                + "\n\nBefore you go on, open the next cell (double-click, or Enter) and write your prediction below the quoted question."),
            Markdown(HandInLayout.WrittenCells[0], CardText.Prediction(exercise, seed)),
            Code("setup", $"#r \"{assemblies}/Course.Core.dll\"\n#r \"{assemblies}/Course.TakeHome.Contracts.dll\"\n\n"
                + $"using Course.Core;\nusing Course.TakeHome.Contracts;\n\nconst ulong Seed = {seed};"),
            Markdown("answer-text",
                "## Exercises\n\nFill in the stub; keep everything that belongs to it in this one cell. In a folder that you were given, "
                + "`./take-home check` and `pack` take the cell, as it was last saved, for "
                + $"`exercises/{exercise.Id}/{HandInLayout.Answer}`. Stuck? `./take-home hint {exercise.Id}`, in a terminal."),
            Code(HandInLayout.AnswerCell, exercise.StubFor(seed).Trim()),
            Markdown("check-text", "The checks say what failed, why it matters and where to look. Run both cells again after a change."),
            Code("check", $"NotebookCheck.Run(\"{exercise.Id}\", Seed, () => new {CardText.ClassOf(exercise)}())"),
            Markdown("after", CardText.Between(text, "## Measure", CardText.WrittenHeading)),
            Markdown("written-text",
                "## In your words\n\nOpen the next cell and answer below each quoted question, in a few sentences and with the trade-off "
                + $"named. It is taken for `exercises/{exercise.Id}/{HandInLayout.Written}`."),
            Markdown(HandInLayout.WrittenCells[1], CardText.Questions(exercise, seed)),
        ];
        return JsonSerializer.Serialize(new
        {
            cells,
            // What the course's kernel writes when a notebook is opened, so that opening one changes nothing.
            metadata = new
            {
                kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" },
                language_info = new
                {
                    codemirror_mode = "text/x-csharp",
                    file_extension = ".cs",
                    mimetype = "text/x-csharp",
                    name = "C#",
                    pygments_lexer = "csharp",
                    version = "14.0",
                },
            },
            nbformat = 4,
            nbformat_minor = 5,
        }, Format) + "\n";
    }

    /// <summary>The section's first paragraph; what follows it stays with the card.</summary>
    private static string Question(string text) => CardText.Section(text, "## The question").Split("\n\n")[0];

    private static object Markdown(string id, string source) =>
        new { cell_type = "markdown", id, metadata = new { }, source = Lines(source) };

    private static object Code(string id, string source) =>
        new
        {
            cell_type = "code", execution_count = (int?)null, id, metadata = new { }, outputs = Array.Empty<object>(),
            source = Lines(source)
        };

    private static string[] Lines(string source) =>
        [.. source.Split('\n').Select((line, index) => index == source.Count(c => c == '\n') ? line : line + "\n")];
}
