namespace Course.TakeHome.Contracts;

/// <summary>The visible checks, from a cell. A stub is no error: the notebook runs through and says what is still to be done.</summary>
public static class NotebookCheck
{
    /// <param name="exercise">Its id.</param>
    /// <param name="seed">Of the folder.</param>
    /// <param name="answer">Makes an answer.</param>
    public static CheckReport Run(string exercise, ulong seed, Func<object> answer)
    {
        var suite = CheckSuite.Visible.SingleOrDefault(suite => suite.Exercise == exercise)
            ?? throw new CourseException(
                $"There is no exercise \"{exercise}\". They are: {string.Join(", ", CheckSuite.Visible.Select(suite => suite.Exercise))}.");
        var variation = new Variation(seed, exercise);
        Noted(seed, folder => folder.NotePredictions(TimeProvider.System));
        CheckOutcome[] outcomes = [.. CheckRunner.Run(suite, new Cell(answer), variation)];
        Noted(seed, folder => folder.NoteCheck(exercise, outcomes, TimeProvider.System));
        var figures = CheckRunner.Measure(suite, outcomes, new Cell(answer), variation);
        return new(
            [],
            [
                .. outcomes.Select(outcome => new CheckLine(outcome)),
                .. figures.Lines.Select(line => new CheckLine(Exercise: exercise, Measured: line))
            ], null, figures.Picture);
    }

    /// <summary>
    /// In a candidate's folder a check from a cell is written down as one from the terminal is. What cannot be written down stops no
    /// check.
    /// </summary>
    private static void Noted(ulong seed, Action<TakeHomeFolder> note)
    {
        try
        {
            var root = Path.GetDirectoryName(Environment.CurrentDirectory); // a notebook runs where it lies
            if (!File.Exists(Path.Combine(root ?? "", FolderManifest.FileName)) || new TakeHomeFolder(root!) is not { } folder
                || folder.Manifest.Seed != seed)
                return;
            NotebookAnswers.Collect(folder);
            note(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CourseException)
        {
        }
    }

    private sealed class Cell(Func<object> answer) : IAdapter
    {
        public object AnswerTo(string exercise) => answer();
    }
}
