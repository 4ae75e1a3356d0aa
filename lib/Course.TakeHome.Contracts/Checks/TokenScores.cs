namespace Course.TakeHome.Contracts;

/// <summary>
/// Tests whether sampled tokens follow the target, for texts that are too many to enumerate. Each statistic is a sum whose expectation is
/// zero under the target's distribution: whether tokens lean towards the draft, and whether they are the most probable token too often, in
/// the whole text, in its second half and at each of the first positions; and how often each token comes.
/// </summary>
internal sealed class TokenScores
{
    /// <summary>
    /// Ratios of the draft's probability to the target's are capped here, so that one token that is rare in the target cannot outweigh all
    /// others.
    /// </summary>
    private const double MostRatio = 4;

    /// <summary>Positions that are tested one by one.</summary>
    private const int Positions = 6;

    private readonly (string Where, Func<int, bool> Looks, Martingale Draft, Martingale Surest)[] leanings;
    private readonly Martingale lowerHalf = new();
    private readonly Martingale[] tokens;

    /// <summary>Starts without tokens.</summary>
    /// <param name="vocabulary">V.</param>
    /// <param name="wanted">Tokens in each text.</param>
    public TokenScores(int vocabulary, int wanted)
    {
        leanings =
        [
            Leaning("", _ => true), Leaning(" of the second half", position => position >= wanted / 2),
            .. Enumerable.Range(0, Math.Min(Positions, wanted))
                .Select(one => Leaning($" at position {one + 1}", position => position == one)),
        ];
        tokens = [.. Enumerable.Range(0, vocabulary).Select(_ => new Martingale())];

        static (string, Func<int, bool>, Martingale, Martingale) Leaning(string where, Func<int, bool> looks) =>
            (where, looks, new(), new());
    }

    /// <summary>Adds one emitted token.</summary>
    /// <param name="position">The token's position in what was emitted, from 0.</param>
    /// <param name="token">The token.</param>
    /// <param name="p">[V]: the target's distribution at the position.</param>
    /// <param name="q">[V]: the draft's distribution at the position.</param>
    public void Add(int position, int token, IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        double[] ratios = [.. p.Zip(q, (target, draft) => target > 0 ? Math.Min(MostRatio, draft / target) : 0)];
        var surest = p.Index().MaxBy(one => one.Item);
        foreach (var (_, looks, drafts, sure) in leanings)
            if (looks(position))
            {
                drafts.Add(ratios, p, token);
                sure.Add(surest.Item, token == surest.Index);
            }
        lowerHalf.Add(p.Take(p.Count / 2).Sum(), token < p.Count / 2);
        foreach (var (one, sum) in tokens.Index())
            sum.Add(p[one], token == one);
    }

    /// <summary>The first deviation that chance cannot explain, in words; null if there is none.</summary>
    public string? Objection()
    {
        var looks = (2 * leanings.Length) + tokens.Length + 1;
        foreach (var (where, _, drafts, sure) in leanings)
            if (drafts.IsOff(looks))
                return $"{drafts.Terms} tokens{where} lean {(drafts.Sum > 0 ? "towards" : "away from")} the draft's distribution, "
                    + Far(drafts);
            else if (sure.IsOff(looks))
                return $"of {sure.Terms} tokens{where} too {ManyOrFew(sure)} are the target's most probable one, {Far(sure)}";
        foreach (var (one, sum) in tokens.Index().Select(token => ($"token {token.Index}", token.Item))
            .Prepend(("in the lower half of the vocabulary", lowerHalf)))
            if (sum.IsOff(looks))
                return $"of {sum.Terms} tokens too {ManyOrFew(sum)} are {one}, {Far(sum)}";
        return null;
    }

    private static string ManyOrFew(Martingale sum) => sum.Sum > 0 ? "many" : "few";

    private static string Far(Martingale sum) =>
        $"by {Math.Abs(sum.Deviations):0} standard deviations; a correct decoder stays below about {Tolerances.Deviations}";
}
