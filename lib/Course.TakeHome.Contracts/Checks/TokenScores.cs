namespace Course.TakeHome.Contracts;

/// <summary>
/// Whether tokens that were drawn follow the target, where there are too many texts to walk through. They are looked at from many sides,
/// each a sum that is zero on average under the target's law: whether they lean towards the draft, and whether they are the surest too
/// often, anywhere, in the second half and at each of the first places; and how often each token comes.
/// </summary>
internal sealed class TokenScores
{
    /// <summary>
    /// The draft's probability over the target's counts up to here: one rare token of the target's must not outweigh all others.
    /// </summary>
    private const double MostRatio = 4;

    /// <summary>Places that are looked at one by one.</summary>
    private const int Places = 6;

    private readonly (string Where, Func<int, bool> Looks, Martingale Draft, Martingale Surest)[] leanings;
    private readonly Martingale lowerHalf = new();
    private readonly Martingale[] tokens;

    /// <param name="vocabulary">V.</param>
    /// <param name="wanted">Tokens of a text.</param>
    public TokenScores(int vocabulary, int wanted)
    {
        leanings =
        [
            Leaning("", _ => true), Leaning(" of the second half", place => place >= wanted / 2),
            .. Enumerable.Range(0, Math.Min(Places, wanted)).Select(one => Leaning($" at place {one + 1}", place => place == one)),
        ];
        tokens = [.. Enumerable.Range(0, vocabulary).Select(_ => new Martingale())];

        static (string, Func<int, bool>, Martingale, Martingale) Leaning(string where, Func<int, bool> looks) =>
            (where, looks, new(), new());
    }

    /// <param name="place">Of the token in what was emitted, from 0.</param>
    /// <param name="token">What was emitted.</param>
    /// <param name="p">[V]: the target's distribution there.</param>
    /// <param name="q">[V]: the draft's.</param>
    public void Add(int place, int token, IReadOnlyList<double> p, IReadOnlyList<double> q)
    {
        double[] ratios = [.. p.Zip(q, (target, draft) => target > 0 ? Math.Min(MostRatio, draft / target) : 0)];
        var surest = p.Index().MaxBy(one => one.Item);
        foreach (var (_, looks, drafts, sure) in leanings)
            if (looks(place))
            {
                drafts.Add(ratios, p, token);
                sure.Add(surest.Item, token == surest.Index);
            }
        lowerHalf.Add(p.Take(p.Count / 2).Sum(), token < p.Count / 2);
        foreach (var (one, sum) in tokens.Index())
            sum.Add(p[one], token == one);
    }

    /// <summary>What cannot be chance, in words; null where nothing is.</summary>
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
        $"by {Math.Abs(sum.Deviations):0} standard deviations; a right decoder stays below {Tolerances.Deviations} or so";
}
