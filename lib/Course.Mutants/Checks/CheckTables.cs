using Course.Inference.Modeling;

namespace Course.Mutants.Checks;

/// <summary>The small worlds that checks are run in.</summary>
internal static class CheckTables
{
    /// <summary>Three tokens: the fewest with which wrong rules and right ones part ways.</summary>
    public static TableModel Target(int context = 32, int seed = 1) => TableModel.Arbitrary(3, context, seed).Select(Finite);

    /// <summary>Drafts that are too sure, unsure, and somewhere else.</summary>
    public static IReadOnlyList<TableModel> DraftsFor(TableModel target) =>
    [
        target.Select(logits => [.. logits.Select(logit => 2.5f * logit)]),
        target.Select(logits => [.. logits.Select(logit => 0.3f * logit)]),
        Target(target.ContextLength, seed: 90),
    ];

    // Arbitrary tables exclude tokens; then some wrong rules cannot even ask their question.
    private static float[] Finite(float[] logits) => [.. logits.Select(logit => Math.Max(logit, -2))];
}
