namespace Course.TakeHome.Contracts;

/// <summary>A whole decoder, held to the law of sampling the target alone and to what its models were asked for.</summary>
internal sealed class LoopVisibleChecks : CheckSuite<ISpeculativeDecoder>
{
    private const string Cost = "Drafting adds work. It pays only through calls of the target that are saved.";

    public override string Exercise => "loop";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check(
            "length", "Who asked for n tokens pays for n, and has room for n.",
            "Decode: the last round, where fewer tokens are wanted than a round can give.", Length),
        Check(
            "stop token", "A stop token can come anywhere in a draft, not only at its end.",
            "Decode: where accepted guesses are handed out.", Stop) with { FollowsFrom = ["length"] },
        Check("one verification", Cost, "Decode: the target's Forward takes many tokens and answers for each of them.", OneVerification),
        Check(
            "bonus token", Cost + " A draft that stands whole leaves the target's opinion of what follows it unused, if you do not use it.",
            "Decode: the end of a round without a rejection. If the draft's cache fails as well, look there first: a draft that loses " +
            "its place does not guess everything right.", Bonus) with { FollowsFrom = ["draft's cache", "one verification"] },
        Check(
            "target's cache",
            "A rejected guess that stays in the cache is part of the text for every later token; a cache that " +
            "begins anew pays for the prompt again.", "Decode: what the target's cache holds when a round ends.",
            TargetCache) with { FollowsFrom = ["one verification"] },
        Check(
            "draft's cache",
            "Nothing that is emitted becomes wrong with it, so no user will tell you: the draft guesses on a text " +
            "that is not there, and acceptance sinks.",
            "Decode: what the draft's cache holds when a round ends, above all after a round without a rejection.", DraftCache),
        Check(
            "greedy", "At temperature 0 there is one right answer, and anybody can compare.",
            "Decode: which index of the logits judges which guess.", Greedy) with { FollowsFrom = ["length", "target's cache"] },
        Check(
            "law of the first token", "The promise is that nobody can tell the output from the target's own.",
            "Decode: keeping a guess or replacing it, at one position.", FirstToken),
        Check(
            "law of several tokens", "The promise holds for whole texts, not only for each token by itself.",
            "Decode: what one position hands to the next. Which logits judge which guess, what ends a round, what is drawn behind it.",
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
                    $"{wanted} tokens were asked for with γ = {Gamma(variation)} and the {name} draft; {came.Count} came.");
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
                        $"With stop token {stop} and the {name} draft the answer is {Show.Tokens(came)}: it must end with the first " +
                        $"{stop}, or after 12 tokens where none comes.");
                }
    }

    private static void OneVerification(ISpeculativeDecoder answer, Variation variation)
    {
        var (target, _, tokens) = PerfectDraft(answer, variation);
        var (gamma, calls) = (Gamma(variation), target.Calls.Count);
        Demand.That(calls >= tokens / (gamma + 1),
            $"{tokens} tokens came from {calls} calls of the target. With γ = {gamma} a call vouches for {gamma + 1} at most: some were " +
            "emitted that the target never judged.");
        // Whoever drafts fewer than γ tokens now and then needs more calls than the fewest, and has one verification a draft all the same.
        Demand.That(10 * calls <= 9 * tokens,
            $"{tokens} tokens took {calls} calls of the target with a draft that guesses everything right (γ = {gamma}, greedy). One " +
            "call can verify a whole draft.");
    }

    private static void Bonus(ISpeculativeDecoder answer, Variation variation)
    {
        var (target, prompt, tokens) = PerfectDraft(answer, variation);
        // Where every guess stands, each token is fed once: a round without a bonus token feeds its last guess again.
        var most = prompt + tokens + Gamma(variation);
        Demand.That(target.TokensFed <= most,
            $"{tokens} tokens took {target.Calls.Count} calls of the target, which was fed {target.TokensFed} tokens, with a draft that " +
            $"guesses everything right. {prompt + tokens - 1} are enough: the call that verifies the draft knows one token more.");
    }

    private static void TargetCache(ISpeculativeDecoder answer, Variation variation)
    {
        var run = new WatchedRun(answer, variation);
        foreach (var call in run.Target.Calls)
            run.RequirePartOfText(call.Cached, "Before a call the target's cache holds");
        var most = run.Prompt.Count + (run.Target.Calls.Count * (Gamma(variation) + 1));
        Demand.That(run.Target.TokensFed <= most,
            $"The target was fed {run.Target.TokensFed} tokens in {run.Target.Calls.Count} calls; the prompt and γ + 1 tokens a call are " +
            $"{most}. It keeps what it has seen: feed it what is new.");
    }

    private static void DraftCache(ISpeculativeDecoder answer, Variation variation)
    {
        var run = new WatchedRun(answer, variation);
        Demand.That(run.FirstDraftCalls.Count > 0, "The draft was never called, so nothing was guessed.");
        foreach (var call in run.FirstDraftCalls)
        {
            run.RequirePartOfText(call.Cached, "When a round begins the draft's cache holds");
            run.RequirePartOfText([.. call.Cached, .. call.Fed], "With its first call of a round the draft has seen");
        }
        var most = run.Prompt.Count + (run.Target.Calls.Count * (Gamma(variation) + 2));
        Demand.That(run.Draft.TokensFed <= most,
            $"The draft was fed {run.Draft.TokensFed} tokens over {run.Target.Calls.Count} rounds; {most} are more " +
            "than enough. It keeps what it has seen.");
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
        SameLaw(answer, variation, "first", gamma: 1, wanted: 2, take: 1);

    private static void SeveralTokens(ISpeculativeDecoder answer, Variation variation)
    {
        try
        {
            SeveralLaws(answer, variation);
        }
        catch (CheckFailedException e) when (new RoundsWatch(variation).Sees(answer, Gamma(variation)) is { } cause)
        {
            throw new CheckFailedException($"{cause} {e.Message}");
        }
    }

    private static void SeveralLaws(ISpeculativeDecoder answer, Variation variation)
    {
        SameLaw(answer, variation, "several", gamma: 2, wanted: 3, take: 3);
        SameLaw(answer, variation, "several", gamma: 1, wanted: 4, take: 4);
        // The third guess of a draft is judged only where four tokens are wanted.
        foreach (var (kind, pair) in new[]
        {
            ("sharper", ModelPair.Sharper(2, variation, "third")), ("unrelated", ModelPair.Unrelated(2, variation, "third"))
        })
            LoopLaws.RequireSame(answer, pair, [1], new(3, 4, Plain), $"the {kind} draft over 2 tokens");
    }

    private static void SameLaw(ISpeculativeDecoder answer, Variation variation, string name, int gamma, int wanted, int take)
    {
        var world = new World(variation, name);
        foreach (var (kind, draft) in world.Drafts)
            LoopLaws.RequireSame(answer, new(world.Target, draft), [1], new(gamma, wanted, Plain), $"the {kind} draft", take);
    }

    private static List<int> Alone(TableModel target, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
        LoopLaws.Alone(target, prompt, request, randomness);

    /// <summary>
    /// A greedy text with the target itself for a draft: how guesses are kept does not matter, only who is asked for what.
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

    /// <summary>Three tokens: the fewest with which wrong rules and right ones part ways.</summary>
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

    /// <summary>A greedy run in which the draft is right but for every few positions; what both models saw, in order.</summary>
    private sealed class WatchedRun
    {
        private readonly List<int> text;

        public WatchedRun(ISpeculativeDecoder answer, Variation variation)
        {
            var table = NeverTwice(TableModel.Arbitrary(5, variation.KeyOf("watched")));
            var every = variation.Between("wrong at", 2, 4);
            // Now and then several rights in a row, so that whole drafts stand too.
            var wrong = new TableModel(5,
                sequence => Array.ConvertAll(table.Logits(sequence), logit => sequence.Count % ((3 * every) + 4) < every ? -logit : logit));
            Target = new(table);
            Draft = new(wrong) { Before = call => Note(call) };
            text = [.. Prompt, .. answer.Decode(Target, Draft, Prompt, new(Gamma(variation), 30, Softmax.Greedy), new SeededRandomness(1))];
        }

        private int verified = -1;

        /// <summary>
        /// No token follows itself: a cache with one token too few or too many would hold a part of the text all the same.
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
