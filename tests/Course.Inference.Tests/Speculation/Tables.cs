namespace Course.Inference.Tests.Speculation;

/// <summary>Tables for proofs: fixed logits after every sequence, remembered, because an enumeration asks for the same ones many thousand times.</summary>
internal static class Tables
{
    public static TableModel Arbitrary(int vocabularySize, int contextLength, int seed) => new TableModel(vocabularySize, contextLength, sequence =>
    {
        var random = new Random(sequence.Aggregate(seed, (hash, token) => unchecked(hash * 31 + token + 1)));
        return [.. Enumerable.Range(0, vocabularySize).Select(_ => random.NextSingle() * 4 - 2)];
    }).Remembered();

    /// <summary>Drafts of every kind for one target: the grid's most important dimension.</summary>
    public static IReadOnlyDictionary<string, TableModel> DraftsFor(TableModel target) => new Dictionary<string, TableModel>
    {
        ["equal"] = target,
        ["sharper"] = target.Select(logits => [.. logits.Select(logit => 3 * logit)]),
        ["flatter"] = target.Select(logits => [.. logits.Select(logit => 0.3f * logit)]),
        ["unrelated"] = Arbitrary(target.VocabularySize, target.ContextLength, seed: 1001),
        ["opposed"] = target.Select(logits => [.. logits.Select(logit => -logit)]),
        ["certain"] = target.Select(logits => [.. logits.Select((_, token) => token == 0 ? 0 : float.NegativeInfinity)]),
    };

    /// <summary>A target on the even tokens and a draft on the odd ones: nothing can ever be accepted.</summary>
    public static (TableModel Target, TableModel Draft) Disjoint(TableModel model) => (Parity(model, 0), Parity(model, 1));

    private static TableModel Parity(TableModel model, int parity) =>
        model.Select(logits => [.. logits.Select((logit, token) => token % 2 == parity ? logit : float.NegativeInfinity)]);
}
