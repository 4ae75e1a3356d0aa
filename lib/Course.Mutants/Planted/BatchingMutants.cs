using Course.Inference.Decoding;
using Course.Inference.Modeling;

namespace Course.Mutants.Planted;

/// <summary>Rows that are not left alone.</summary>
internal static class BatchingMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("one-offset-for-all-rows", Area.Batching,
            "Rewinds every row by what the luckiest row had rejected.",
            "Rows with more rejections loop or derail; a batch of one is fine.",
            "A cache with one length for all rows has nothing else to offer.",
            subject => subject.WithTargetCache(held => new RewindTogether(held, LuckiestRow))),
        new("first-row-only", Area.Batching,
            "Rewinds the first row alone.",
            "Row 0 is perfect, and row 0 is what the test looked at.",
            "Written for one row, and the loop was forgotten.",
            subject => subject.WithTargetCache(held => new RewindTogether(held, FirstRow))),
        new("rows-in-another-order", Area.Batching,
            "Rewinds rows by one another's rejections.",
            "Garbage in rows that accepted differently; nothing while all accept alike.",
            "Sorted by length for the kernel, and not sorted back.",
            subject => subject.WithTargetCache(held => new RewindTogether(held, Reversed))),
        new("one-generator-for-all-rows", Area.Batching,
            "All rows draw from the first row's randomness.",
            "A request's seed gives another text in every batch.",
            "One generator per engine is one argument less.",
            subject => subject with { Requests = requests => [.. requests.Select(request => request with { Randomness = requests[0].Randomness })] }),
        new("first-rows-options", Area.Batching,
            "All rows are sampled with the first row's options.",
            "A request's temperature depends on who came before it.",
            "One softmax for the batch takes one temperature.",
            subject => subject with
            {
                Requests = requests => [.. requests.Select(request => request with { Options = request.Options with { Sampling = requests[0].Options.Sampling } })],
            }),
        new("truncate-to-the-slowest-row", Area.Batching,
            "Truncates all sequences to the smallest accepted length; one that accepted more drops its surplus token and draws that position anew from p.",
            "Tokens that the draft likes come too rarely, more so in larger batches; a batch of one is exact.",
            "One length for all keeps the cache rectangular, and a draw from p looks like the bonus token.",
            subject => subject with { Batch = ToTheSlowest((_, target, length, randomness) => randomness.Draw(target[length])) }),
    ];

    /// <summary>
    /// One accepted length for all, the smallest; sequences that accepted more fill the position after it by <paramref name="surplus"/>.
    /// </summary>
    internal static Func<Subject, ILanguageModel, ILanguageModel, int, IReadOnlyList<SequenceRequest>, IReadOnlyList<int[]>> ToTheSlowest(Surplus surplus) =>
        (_, target, draft, gamma, requests) => Lockstep.Decode(target, draft, gamma, requests, surplus);

    private static void LuckiestRow(IKeyValueCache cache, int[] asked) => cache.Rewind(asked.Min());

    private static void FirstRow(IKeyValueCache cache, int[] asked) => cache.Rewind(0, asked[0]);

    private static void Reversed(IKeyValueCache cache, int[] asked)
    {
        for (var row = 0; row < asked.Length; row++)
            cache.Rewind(row, asked[^(row + 1)]);
    }
}
