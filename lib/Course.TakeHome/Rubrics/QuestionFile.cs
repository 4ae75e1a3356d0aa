namespace Course.TakeHome.Rubrics;

/// <summary>Reads <c>questions.yaml</c>.</summary>
public static class QuestionFile
{
    /// <summary>Reads a question bank.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rubric">The rubric whose indicators the questions settle.</param>
    /// <exception cref="RubricException">The file cannot be read, or is not a valid question bank.</exception>
    public static QuestionBank Read(string path, Rubric rubric) => new YamlFile(path).Read("question bank", root =>
    {
        var topics = root.Texts("topics") is { Count: > 0 } own ? own : QuestionBank.Topics;
        var questions = root.Entries("questions", entry => Question(entry, rubric, topics));
        return questions.GroupBy(question => question.Id).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw root.Complain($"the id {twice.Key} occurs {twice.Count()} times.", "Rename all but one.")
            : new QuestionBank(questions);
    });

    private static Question Question(YamlEntry entry, Rubric rubric, IReadOnlyList<string> topics)
    {
        var question = new Question(
            entry.Text("id"), entry.Text("topic"), entry.Text("question"), entry.Text("weak"), entry.Text("good"),
            entry.Text("outstanding"),
            Evidence(entry),
            entry.Texts("settles"), entry.Texts("suggestedBy"));
        if (!topics.Contains(question.Topic))
            throw entry.Complain($"there is no topic {SafeText.Quote(question.Topic)}.",
                $"They are: {string.Join(", ", topics)}. Topics of your own go into a list \"topics:\" at the top of the file.");
        return question.Settles.FirstOrDefault(id => rubric.Find(id) is null) is { } unknown
            ? throw entry.Complain($"question {question.Id} settles \"{unknown}\", which the rubric does not have.",
                "Name an indicator of rubric.yaml.")
            : question;
    }

    // A reference to a cell that measures something else is worse than none, so a reason may be given instead.
    private static Evidence Evidence(YamlEntry entry) => (entry.Has("measured"), entry.Has("unmeasured")) switch
    {
        (true, false) => new(entry.Entry("measured", cell => new NotebookCellReference(cell.Text("notebook"), cell.Text("cell"))), null),
        (false, true) => new(null, entry.Text("unmeasured")),
        (true, true) => throw entry.Complain("measured and unmeasured exclude each other.", "Keep the one that is true."),
        _ =>
            throw entry.Complain("measured is missing.",
                "Add a line \"measured: { notebook: …, cell: … }\", or \"unmeasured: …\" with the reason."),
    };
}
