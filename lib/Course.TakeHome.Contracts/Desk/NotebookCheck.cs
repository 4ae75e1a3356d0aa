namespace Course.TakeHome.Contracts;

/// <summary>Runs the visible checks from a notebook cell. A stub is not an error: the notebook runs to its end.</summary>
public static class NotebookCheck
{
    /// <summary>Checks an answer.</summary>
    /// <param name="exercise">The exercise's id.</param>
    /// <param name="seed">The seed of the folder.</param>
    /// <param name="answer">Makes a new instance of the answer.</param>
    /// <exception cref="CourseException">There is no such exercise.</exception>
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
    /// In a candidate's folder, logs a check from a cell as one from the terminal. If that is not possible, the check goes on without.
    /// </summary>
    private static void Noted(ulong seed, Action<TakeHomeFolder> note)
    {
        try
        {
            var root = Path.GetDirectoryName(Environment.CurrentDirectory); // a notebook runs in its own folder
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
