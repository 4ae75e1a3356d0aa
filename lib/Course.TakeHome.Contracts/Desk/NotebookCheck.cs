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
            ?? throw new TakeHomeException($"There is no exercise \"{exercise}\". They are: {string.Join(", ", CheckSuite.Visible.Select(suite => suite.Exercise))}.");
        var variation = new Variation(seed, exercise);
        CheckOutcome[] outcomes = [.. CheckRunner.Run(suite, new Cell(answer), variation)];
        var figures = CheckRunner.Measure(suite, outcomes, new Cell(answer), variation);
        return new([], [.. outcomes.Select(outcome => new CheckLine(outcome)), .. figures.Lines.Select(line => new CheckLine(Exercise: exercise, Measured: line))], null, figures.Picture);
    }

    private sealed class Cell(Func<object> answer) : IAdapter
    {
        public object AnswerTo(string exercise) => answer();
    }
}
