namespace Course.TakeHome.Contracts;

/// <summary>
/// What a notebook says about an exercise. Cells are found by their ids. Where a front-end dropped, renumbered or moved these, or a cell
/// was cut and pasted, they are found by what they hold: the answer implements the exercise's interface, and the written answers begin
/// with the headings of the sheet.
/// </summary>
/// <param name="Answer">The text of Answer.cs; null if no cell is the answer.</param>
/// <param name="Written">The text of answers.md below its title; null if its cells are gone.</param>
/// <param name="NotTaken">What the notebook holds and is not copied, a sentence each.</param>
internal sealed record NotebookReading(string? Answer, string? Written, IReadOnlyList<string> NotTaken)
{
    /// <summary>Reads the answer and the written answers from the cells of a notebook.</summary>
    /// <param name="cells">The cells, in order.</param>
    /// <param name="contract">The name of the interface that an answer implements.</param>
    /// <param name="stub">Answer.cs as it was given out; null if that was lost.</param>
    /// <param name="headings">The headings of the answer sheet, without "## "; the first is the prediction's.</param>
    public static NotebookReading Of(IReadOnlyList<NotebookCell> cells, string contract, string? stub, IReadOnlyList<string> headings)
    {
        var (answer, notTaken) = AnswerOf(cells, contract, stub?.ReplaceLineEndings("\n").Trim());
        return new(answer?.Source, WrittenOf(cells, headings), notTaken);
    }

    private static (NotebookCell? Cell, IReadOnlyList<string> NotTaken) AnswerOf(
        IReadOnlyList<NotebookCell> cells, string contract, string? stub)
    {
        var code = cells.Where(cell => cell is { IsCode: true, Source.Length: > 0, IsOurs: false }).ToArray();
        var named = code.FirstOrDefault(cell => cell.Id == HandInLayout.AnswerCell);
        var own = code.Where(cell => cell.Implements(contract) && cell.Source != stub).ToArray();
        if (own.Length > 1 && !own.Contains(named))
            return (null, [$"{Listed(own)} each implement {contract}, so none was taken. Keep one."]);
        var answer = own.Contains(named) ? named : own.FirstOrDefault() ?? named ?? code.FirstOrDefault(cell => cell.Source == stub);
        var left = code.Where(cell => cell != answer && cell.Source != stub && (answer is null || cell.Declares)).ToArray();
        // A single key press turns a code cell into a text cell, and an answer can disappear that way.
        var text = cells.Where(cell => !cell.IsCode && !cell.IsOurs && cell.Shows(contract)).ToArray();
        if (text.Length > 0 && own.Length == 0)
            return (answer, [$"{Listed(text)} {(text.Length == 1 ? "implements" : "implement")} {contract} in text, not in code, "
                + "so it was not taken. Make it a code cell."]);
        return (answer, left.Length == 0 ? [] : [answer is null
            ? $"no cell implements {contract}, so the code in {Listed(left)} was not taken."
            : $"only cell {answer.Number} was taken; {Listed(left)} {(left.Length == 1 ? "declares" : "declare")} types, which the "
                + "answer's cell must hold if it needs them."]);
    }

    /// <summary>
    /// A part of the sheet is the cell with its heading and all Markdown cells below it, because people split cells and add new ones.
    /// </summary>
    private static string? WrittenOf(IReadOnlyList<NotebookCell> cells, IReadOnlyList<string> headings)
    {
        var prediction = PartFrom(cells, HandInLayout.WrittenCells[0], headings.Take(1));
        var words = PartFrom(cells, HandInLayout.WrittenCells[1], headings.Skip(1));
        return prediction is null || words is null ? null : $"{prediction}\n\n{words}";
    }

    private static string? PartFrom(IReadOnlyList<NotebookCell> cells, string id, IEnumerable<string> headings)
    {
        var wanted = headings.Select(heading => $"## {heading}").ToHashSet();
        var first = cells.FirstOrDefault(
            cell => cell.IsMarkdown && (cell.Id == id || cell.Source.Split('\n').Any(line => wanted.Contains(line.TrimEnd()))));
        return first is null
            ? null
            : string.Join(
                "\n\n",
                cells.Skip(first.Number - 1).TakeWhile(cell => cell.IsMarkdown).Select(cell => cell.Source).Where(text => text.Length > 0));
    }

    private static string Listed(NotebookCell[] cells) =>
        cells.Length == 1 ? $"cell {cells[0].Number}" : $"cells {string.Join(", ", cells.Select(cell => cell.Number))}";
}
