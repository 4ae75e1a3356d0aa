namespace Course.TakeHome.Rubrics;

/// <summary>A follow-up question.</summary>
/// <param name="Id">A unique id, which sessions store.</param>
/// <param name="Topic">One of the file's own topics, or else of <see cref="QuestionBank.Topics"/>.</param>
/// <param name="Text">The question.</param>
/// <param name="Weak">What a weak answer says.</param>
/// <param name="Good">What a good answer says.</param>
/// <param name="Outstanding">What an outstanding answer says.</param>
/// <param name="Evidence">The notebook cell that measures the answer, or why none does.</param>
/// <param name="Settles">Ids of indicators of the rubric that the answer settles.</param>
/// <param name="SuggestedBy">Checks, planted bugs and exercises whose failure suggests the question.</param>
public sealed record Question(
    string Id, string Topic, string Text, string Weak, string Good, string Outstanding,
    Evidence Evidence, IReadOnlyList<string> Settles, IReadOnlyList<string> SuggestedBy);

/// <summary>The evidence for an answer: a notebook cell that measures it, or the reason why none does. Exactly one is not null.</summary>
/// <param name="Measured">The cell that measures the answer.</param>
/// <param name="Unmeasured">Why no cell does, and where to look instead.</param>
public sealed record Evidence(NotebookCellReference? Measured, string? Unmeasured)
{
    public override string ToString() => Measured is { } cell ? $"measured by {cell}" : $"not measured: {Unmeasured}";
}

/// <summary>A cell of a notebook.</summary>
/// <param name="Notebook">Its path below <c>notebooks/</c>, without extension, such as <c>05-speculative-decoding</c>.</param>
/// <param name="Cell">The cell's id.</param>
public readonly record struct NotebookCellReference(string Notebook, string Cell)
{
    public override string ToString() => $"notebooks/{Notebook}.ipynb, cell {Cell}";
}

/// <summary>The follow-up questions, in the order of the file.</summary>
public sealed record QuestionBank(IReadOnlyList<Question> Questions)
{
    /// <summary>The topics of a file that lists none of its own.</summary>
    public static IReadOnlyList<string> Topics { get; } =
        ["flops-and-latency", "acceptance", "cache", "batch-pressure", "exactness", "quantisation", "serving", "orchestration"];

    public Question? Find(string id) => Questions.FirstOrDefault(question => question.Id == id);
}
