using Course.Inference.Decoding;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Mutants.Checks;

/// <summary>
/// Exact joint laws, by enumeration of every answer of chance, against those of naive decoding. No statistics: a rounding of the acceptance
/// to four digits is found as surely as a missing residual.
/// </summary>
internal static class LawChecks
{
    public const double Tolerance = 1e-12;

    private static readonly SamplingOptions[] Samplings =
        [new() { Temperature = 0.5 }, new() { TopK = 2 }, new() { TopP = 0.7 }, new() { MinP = 0.5 }, new() { Temperature = 2, TopK = 2 }];

    public static void OneToken(Subject subject) => OverDrafts(subject, CheckTables.Target(), gamma: 1, [1], new() { MaxTokens = 2 }, first: 1);

    public static void ThreeTokens(Subject subject) => OverDrafts(subject, CheckTables.Target(seed: 2), gamma: 2, [2, 0], new() { MaxTokens = 3 });

    public static void Truncated(Subject subject)
    {
        foreach (var sampling in Samplings)
            OverDrafts(subject, CheckTables.Target(seed: 3), gamma: 1, [1], new() { MaxTokens = 3, Sampling = sampling });
    }

    public static void StopTokens(Subject subject)
    {
        foreach (var stop in new[] { 0, 1, 2 })
            OverDrafts(subject, CheckTables.Target(seed: 4), gamma: 2, [1], new() { MaxTokens = 3, StopTokens = [stop] });
    }

    public static void FullContext(Subject subject) => OverDrafts(subject, CheckTables.Target(context: 4, seed: 5), gamma: 2, [1, 2], new() { MaxTokens = 50 });

    private static void OverDrafts(Subject subject, TableModel target, int gamma, int[] prompt, DecodingOptions options, int first = int.MaxValue)
    {
        JointLaw Law(IDecoder decoder) => JointLaw.Of(randomness => decoder.Decode(prompt, options, randomness).Select(token => token.Token).Take(first), maxRuns: 50_000);
        var expected = Law(new NaiveDecoder(target));
        foreach (var draft in CheckTables.DraftsFor(target))
        {
            var distance = TotalVariation.Between(Law(subject.Decoder(target, draft, gamma)), expected);
            Demand.That(distance <= Tolerance, $"The law of the emitted tokens is {distance:G3} in total variation away from the target's (γ = {gamma}, {options.Sampling}).");
        }
    }
}
