namespace Course.TakeHome.Contracts;

/// <summary>A whole decoder: its output against the distribution of the target alone, and the calls of its two models.</summary>
internal sealed class LoopVisibleChecks : CheckSuite<ISpeculativeDecoder>
{
    private const string Cost = "Drafting adds work. It pays off only through calls of the target that are saved.";

    public override string Exercise => "loop";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check(
            "length", "A user who asked for n tokens pays for n, and has room for n.",
            "Decode: the last round, where fewer tokens are wanted than a round can emit.", Length),
        Check(
            "stop token", "A stop token can come anywhere in a draft, not only at its end.",
            "Decode: where accepted draft tokens are emitted.", Stop) with { FollowsFrom = ["length"] },
        Check("one verification", Cost, "Decode: the target's Forward takes many tokens and returns logits for each of them.",
            OneVerification),
        Check(
            "bonus token", Cost + " When all draft tokens are accepted, the target has already computed logits for the token after them.",
            "Decode: the end of a round without a rejection. If \"draft's cache\" fails as well, look there first: a draft whose cache is "
            + "wrong does not predict everything right.", Bonus) with { FollowsFrom = ["draft's cache", "one verification"] },
        Check(
            "target's cache",
            "A rejected token that stays in the cache is part of the text for every later token; a cache that starts from scratch pays "
            + "for the prompt again.", "Decode: what the target's cache holds when a round ends.",
            TargetCache) with { FollowsFrom = ["one verification"] },
        Check(
            "draft's cache",
            "A mistake here makes no emitted token wrong, so no user will tell you: the draft continues a text that does not exist, and "
            + "the acceptance rate drops.",
            "Decode: what the draft's cache holds when a round ends, above all after a round without a rejection.", DraftCache),
        Check(
            "greedy", "At temperature 0 there is one right answer, and anybody can compare.",
            "Decode: which index of the logits verifies which draft token.", Greedy) with { FollowsFrom = ["length", "target's cache"] },
        Check(
            "law of the first token", "The promise is that nobody can tell the output from the target's own.",
            "Decode: accepting a draft token or replacing it, at one position.", FirstToken),
        Check(
            "law of several tokens", "The promise holds for whole texts, not only for each token by itself.",
            "Decode: what one position hands to the next. Which logits verify which draft token, what ends a round, what is drawn then.",
            SeveralTokens) with { FollowsFrom = ["length", "law of the first token", "target's cache"] },
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation) => new Dictionary<string, string>
    {
        ["gamma"] = $"{Gamma(variation)}",
        ["tokens"] = $"{6 * (Gamma(variation) + 1)}",
        ["wrongAt"] = $"{variation.Between("wrong at", 2, 4)}",
    };

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        var world = new World(variation, "measure");
        foreach (var (name, draft) in world.Drafts)
        {
            var target = new WatchedModel(world.Target);
            var tokens = ((ISpeculativeDecoder)answer).Decode(
                target, draft, [1], new(Gamma(variation), 60, Plain), new SeededRandomness(7)).Count;
            var perCall = Show.Number((double)tokens / target.Calls.Count);
            yield return $"{name} draft: {perCall} tokens per call of the target (γ = {Gamma(variation)})";
        }
    }

    private static void Length(ISpeculativeDecoder answer, Variation variation)
    {
        var world = new World(variation, "length");
        for (var wanted = 0; wanted <= 2 * (Gamma(variation) + 1); wanted++)
            foreach (var (name, draft) in world.Drafts)
            {
                var came = answer.Decode(world.Target, draft, [0, 1], new(Gamma(variation), wanted, Plain), new SeededRandomness(wanted));
                Demand.That(came.Count == wanted,
                    $"{wanted} tokens were requested with γ = {Gamma(variation)} and the {name} draft; you emitted {came.Count}.");
            }
    }

    private static void Stop(ISpeculativeDecoder answer, Variation variation)
    {
        var world = new World(variation, "stop");
        for (var stop = 0; stop < 3; stop++)
            foreach (var (name, draft) in world.Drafts)
                for (var seed = 0; seed < 8; seed++)
                {
                    var came = answer.Decode(world.Target, draft, [2], new(Gamma(variation), 12, Plain, stop), new SeededRandomness(seed));
                    var at = came.ToList().IndexOf(stop);
                    Demand.That(at < 0 ? came.Count == 12 : at == came.Count - 1,
                        $"With stop token {stop} and the {name} draft the answer is {Show.Tokens(came)}: it must end with the first "
                        + $"{stop}, or after 12 tokens if there is none.");
                }
    }

    private static void OneVerification(ISpeculativeDecoder answer, Variation variation)
    {
        var (target, _, tokens) = PerfectDraft(answer, variation);
        var (gamma, calls) = (Gamma(variation), target.Calls.Count);
        Demand.That(calls >= tokens / (gamma + 1),
            $"{tokens} tokens were emitted with {calls} calls of the target. With γ = {gamma} a call verifies {gamma + 1} at most: some "
            + "were emitted that the target never verified.");
        // The bound is loose: a decoder that sometimes drafts fewer than γ tokens needs more calls, and is correct as well.
        Demand.That(10 * calls <= 9 * tokens,
            $"{tokens} tokens took {calls} calls of the target with a draft that is always right (γ = {gamma}, greedy). One call can "
            + "verify a whole draft.");
    }

    private static void Bonus(ISpeculativeDecoder answer, Variation variation)
    {
        var (target, prompt, tokens) = PerfectDraft(answer, variation);
        // If all draft tokens are accepted, each token is fed once; a round without a bonus token feeds its last draft token twice.
        var most = prompt + tokens + Gamma(variation);
        Demand.That(target.TokensFed <= most,
            $"{tokens} tokens took {target.Calls.Count} calls of the target, which was fed {target.TokensFed} tokens, with a draft that "
            + $"is always right. {prompt + tokens - 1} are enough: the call that verifies the draft yields one more token.");
    }

    private static void TargetCache(ISpeculativeDecoder answer, Variation variation)
    {
        var run = new WatchedRun(answer, variation);
        foreach (var call in run.Target.Calls)
            run.RequirePartOfText(call.Cached, "Before a call the target's cache holds");
        var most = run.Prompt.Count + (run.Target.Calls.Count * (Gamma(variation) + 1));
        Demand.That(run.Target.TokensFed <= most,
            $"The target was fed {run.Target.TokensFed} tokens in {run.Target.Calls.Count} calls; the prompt and γ + 1 tokens a call are "
            + $"{most}. Its cache keeps what it has seen: feed it only new tokens.");
    }

    private static void DraftCache(ISpeculativeDecoder answer, Variation variation)
    {
        var run = new WatchedRun(answer, variation);
        Demand.That(run.FirstDraftCalls.Count > 0, "The draft was never called, so nothing was drafted.");
        foreach (var call in run.FirstDraftCalls)
        {
            run.RequirePartOfText(call.Cached, "When a round begins the draft's cache holds");
            run.RequirePartOfText([.. call.Cached, .. call.Fed], "With its first call of a round the draft has seen");
        }
        var most = run.Prompt.Count + (run.Target.Calls.Count * (Gamma(variation) + 2));
        Demand.That(run.Draft.TokensFed <= most,
            $"The draft was fed {run.Draft.TokensFed} tokens over {run.Target.Calls.Count} rounds; {most} are more than enough. Its cache "
            + "keeps what it has seen.");
    }

    private static void Greedy(ISpeculativeDecoder answer, Variation variation)
    {
        var world = new World(variation, "greedy");
        foreach (var (name, draft) in world.Drafts)
        {
            var alone = Alone(world.Target, [1, 0], new(1, 14, Softmax.Greedy), new SeededRandomness(1));
            var came = answer.Decode(world.Target, draft, [1, 0], new(Gamma(variation), 14, Softmax.Greedy), new SeededRandomness(1));
            Demand.That(came.SequenceEqual(alone),
                $"The target alone writes {Show.Tokens(alone)}; with the {name} draft you write {Show.Tokens(came)}.");
        }
    }

    private static void FirstToken(ISpeculativeDecoder answer, Variation variation) =>
        SameDistribution(answer, variation, "first", gamma: 1, wanted: 2, take: 1);

    private static void SeveralTokens(ISpeculativeDecoder answer, Variation variation)
    {
        try
        {
            SeveralDistributions(answer, variation);
        }
        catch (CheckFailedException e) when (new RoundsWatch(variation).Sees(answer, Gamma(variation)) is { } cause)
        {
            throw new CheckFailedException($"{cause} {e.Message}");
        }
    }

    private static void SeveralDistributions(ISpeculativeDecoder answer, Variation variation)
    {
        SameDistribution(answer, variation, "several", gamma: 2, wanted: 3, take: 3);
        SameDistribution(answer, variation, "several", gamma: 1, wanted: 4, take: 4);
        // The third draft token of a draft is verified only if four tokens are wanted.
        foreach (var (kind, pair) in new[]
        {
            ("sharper", ModelPair.Sharper(2, variation, "third")), ("unrelated", ModelPair.Unrelated(2, variation, "third"))
        })
            LoopDistributions.RequireSame(answer, pair, [1], new(3, 4, Plain), $"the {kind} draft over 2 tokens");
    }

    private static void SameDistribution(ISpeculativeDecoder answer, Variation variation, string name, int gamma, int wanted, int take)
    {
        var world = new World(variation, name);
        foreach (var (kind, draft) in world.Drafts)
            LoopDistributions.RequireSame(answer, new(world.Target, draft), [1], new(gamma, wanted, Plain), $"the {kind} draft", take);
    }

    private static List<int> Alone(TableModel target, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
        LoopDistributions.Alone(target, prompt, request, randomness);

    /// <summary>
    /// A greedy text with the target itself as the draft: the accept rule does not matter here, only which model is called with what.
    /// </summary>
    private static (WatchedModel Target, int Prompt, int Tokens) PerfectDraft(ISpeculativeDecoder answer, Variation variation)
    {
        var world = new World(variation, "perfect");
        var (target, draft) = (new WatchedModel(world.Target), new WatchedModel(world.Target));
        int[] prompt = [2, 1];
        var tokens = 20 * (Gamma(variation) + 1);
        answer.Decode(target, draft, prompt, new(Gamma(variation), tokens, Softmax.Greedy), new SeededRandomness(3));
        return (target, prompt.Length, tokens);
    }

    private static double[] Plain(IReadOnlyList<float> logits) => Softmax.Of(logits);

    private static int Gamma(Variation variation) => variation.Between("gamma", 2, 5);

    /// <summary>
    /// A target over three tokens, the smallest vocabulary in which wrong rules differ from right ones, and three drafts for it.
    /// </summary>
    private sealed class World(Variation variation, string name)
    {
        public TableModel Target { get; } = TableModel.Arbitrary(3, variation.KeyOf(name));

        public IReadOnlyList<(string Name, TableModel Draft)> Drafts =>
        [
            ("sharper", Target.Select(logits => [.. logits.Select(logit => 2.5f * logit)])),
            ("flatter", Target.Select(logits => [.. logits.Select(logit => 0.3f * logit)])),
            ("unrelated", TableModel.Arbitrary(3, variation.KeyOf($"{name}/unrelated"))),
        ];
    }

    /// <summary>A greedy run in which the draft is wrong every few positions. It records what both models were fed, in order.</summary>
    private sealed class WatchedRun
    {
        private readonly List<int> text;

        public WatchedRun(ISpeculativeDecoder answer, Variation variation)
        {
            var table = NeverTwice(TableModel.Arbitrary(5, variation.KeyOf("watched")));
            var every = variation.Between("wrong at", 2, 4);
            // Sometimes the draft is right several times in a row, so that whole drafts are accepted, too.
            var wrong = new TableModel(5,
                sequence => Array.ConvertAll(table.Logits(sequence), logit => sequence.Count % ((3 * every) + 4) < every ? -logit : logit));
            Target = new(table);
            Draft = new(wrong) { Before = call => Note(call) };
            text = [.. Prompt, .. answer.Decode(Target, Draft, Prompt, new(Gamma(variation), 30, Softmax.Greedy), new SeededRandomness(1))];
        }

        private int verified = -1;

        /// <summary>
        /// No token follows itself. Otherwise a cache with one token too few or too many could still look like a part of the text.
        /// </summary>
        private static TableModel NeverTwice(TableModel table) => new(table.VocabularySize, sequence =>
            [.. table.Logits(sequence).Select((logit, token) => sequence.Count > 0 && token == sequence[^1] ? logit - 8 : logit)]);

        private void Note(ModelCall call)
        {
            if (Target.Calls.Count > verified)
                FirstDraftCalls.Add(call);
            verified = Target.Calls.Count;
        }

        public IReadOnlyList<int> Prompt { get; } = [3, 1, 4];

        public WatchedModel Target { get; }

        public WatchedModel Draft { get; }

        public List<ModelCall> FirstDraftCalls { get; } = [];

        public void RequirePartOfText(IReadOnlyList<int> tokens, string who) => Demand.That(
            tokens.SequenceEqual(text.Take(tokens.Count)),
            $"{who} {Show.Tokens(tokens)}; the text is {Show.Tokens(text.Take(tokens.Count))}.");
    }
}
