using System.Text.Encodings.Web;
using System.Text.Json;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Folder;

/// <summary>An exercise as a notebook: the same card, stub and checks. The answer's cell has the text of Answer.cs.</summary>
public static class NotebookText
{
    /// <summary>The seed of the notebooks in the repository.</summary>
    public const ulong RepositorySeed = 0;

    private const string RepositoryAssemblies = "../../lib/Course.TakeHome.Contracts/bin/Release/net10.0";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static string FileName(Exercise exercise) => $"{exercise.Card.Order}-{exercise.Id}.ipynb";

    /// <summary>The notebook in the repository, under notebooks/take-home.</summary>
    public static string OfRepository(Exercise exercise) => Of(exercise, RepositorySeed, RepositoryAssemblies);

    /// <summary>The JSON of an exercise's notebook.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="seed">The seed of the candidate's folder.</param>
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
            // The metadata that the course's kernel writes, so that opening and saving a notebook does not change it.
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

    /// <summary>The first paragraph of the question. It goes into the title cell, the rest into the card's cell.</summary>
    private static string Question(string text) => CardText.Section(text, "## The question").Split("\n\n")[0];

    private static object Markdown(string id, string source) =>
        new { cell_type = "markdown", id, metadata = new { }, source = Lines(source) };

    private static object Code(string id, string source) =>
        new
        {
            cell_type = "code",
            execution_count = (int?)null,
            id,
            metadata = new { },
            outputs = Array.Empty<object>(),
            source = Lines(source)
        };

    private static string[] Lines(string source) =>
        [.. source.Split('\n').Select((line, index) => index == source.Count(c => c == '\n') ? line : line + "\n")];
}
