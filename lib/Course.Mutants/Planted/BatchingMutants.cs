using Course.Inference.Modeling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;

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
            subject => subject with { Batch = subject.Batch with { Rewind = LuckiestRow } }),
        new("first-row-only", Area.Batching,
            "Rewinds the first row alone.",
            "Row 0 is perfect, and row 0 is what the test looked at.",
            "Written for one row, and the loop was forgotten.",
            subject => subject with { Batch = subject.Batch with { Rewind = FirstRow } }),
        new("rows-in-another-order", Area.Batching,
            "Rewinds rows by one another's rejections.",
            "Garbage in rows that accepted differently; nothing while all accept alike.",
            "Sorted by length for the kernel, and not sorted back.",
            subject => subject with { Batch = subject.Batch with { Rewind = Reversed } }),
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
            subject => subject with { Batch = subject.Batch with { Settle = ToTheSlowest((verdict, length) => verdict.Randomness.Draw(verdict.Target[length])) } }),
    ];

    /// <summary>One accepted length for all, the smallest; sequences that accepted more fill the position after it by <paramref name="surplus"/>.</summary>
    internal static Func<IReadOnlyList<BatchVerdict>, IReadOnlyList<Judgement>> ToTheSlowest(Func<BatchVerdict, int, int> surplus) => verdicts =>
    {
        var length = verdicts.Min(verdict => verdict.Judgement.Accepted);
        return [.. verdicts.Select(verdict => verdict.Judgement.Accepted == length ? verdict.Judgement : new(length, surplus(verdict, length)))];
    };

    private static void LuckiestRow(IKeyValueCache cache, IReadOnlyList<int> drafted, IReadOnlyList<int> accepted) =>
        cache.Rewind(drafted.Zip(accepted, (all, stood) => all - stood).Min());

    private static void FirstRow(IKeyValueCache cache, IReadOnlyList<int> drafted, IReadOnlyList<int> accepted) => cache.Rewind(0, drafted[0] - accepted[0]);

    private static void Reversed(IKeyValueCache cache, IReadOnlyList<int> drafted, IReadOnlyList<int> accepted)
    {
        for (var row = 0; row < cache.Rows; row++)
            cache.Rewind(row, drafted[cache.Rows - 1 - row] - accepted[cache.Rows - 1 - row]);
    }
}
