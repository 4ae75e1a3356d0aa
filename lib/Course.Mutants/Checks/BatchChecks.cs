using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Mutants.Checks;

/// <summary>Rows that share calls and nothing else.</summary>
internal static class BatchChecks
{
    private static readonly TableModel Target = CheckTables.Target(seed: 7);

    private static readonly (int[] Prompt, DecodingOptions Options)[] Rows =
    [
        ([1], new() { MaxTokens = 2, StopTokens = [0] }),
        ([2, 0, 1], new() { MaxTokens = 3, Sampling = new() { TopK = 2 } }),
    ];

    public static void Law(Subject subject)
    {
        var draft = CheckTables.DraftsFor(Target)[0];
        var together = JointLaw.Of(
            randomness => Run(subject, draft, gamma: 2, [.. Rows.Select(row => new SequenceRequest(row.Prompt, row.Options, randomness))]).SelectMany(row => row.Prepend(-1)), maxRuns: 200_000);
        JointLaw[] alone = [.. Rows.Select(row => JointLaw.Of(randomness => new NaiveDecoder(Target).Decode(row.Prompt, row.Options, randomness).Select(token => token.Token)))];
        var expected = JointLaw.Given(
            from a in alone[0] from b in alone[1] select KeyValuePair.Create<IReadOnlyList<int>, double>([-1, .. a.Key, -1, .. b.Key], a.Value * b.Value));
        var distance = TotalVariation.Between(together, expected);
        Demand.That(distance <= LawChecks.Tolerance, $"The joint law of two rows is {distance:G3} in total variation away from the product of their targets' laws.");
    }

    public static void Alone(Subject subject)
    {
        var draft = CheckTables.DraftsFor(Target)[1];
        (int[] Prompt, DecodingOptions Options)[] rows =
            [.. Enumerable.Range(0, 4).Select(row => (Enumerable.Repeat(row % 3, 1 + row).ToArray(), new DecodingOptions { MaxTokens = 6 + (4 * row), Sampling = new() { Temperature = 0.5 + row } }))];
        SequenceRequest Request(int row) => new(rows[row].Prompt, rows[row].Options, new SeededRandomness(3).ForRequest((ulong)row));
        var together = Run(subject, draft, gamma: 3, [.. Enumerable.Range(0, rows.Length).Select(Request)]);
        for (var row = 0; row < rows.Length; row++)
        {
            var alone = Run(subject, draft, gamma: 3, [Request(row)])[0];
            Demand.That(together[row].SequenceEqual(alone), $"Row {row} draws [{string.Join(" ", together[row])}] in the batch and [{string.Join(" ", alone)}] alone.");
        }
    }

    private static IReadOnlyList<int[]> Run(Subject subject, TableModel draft, int gamma, IReadOnlyList<SequenceRequest> requests) =>
        subject.DecodeBatch(Target, draft, gamma, requests);
}
