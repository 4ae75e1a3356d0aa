using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Fused;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Decoding;

/// <summary>Sequences that join and leave between steps: what each step does, and that nobody's text depends on it.</summary>
public sealed class DecodingLoopTests
{
    private static readonly TableModel Table = TableModel.Arbitrary(7, contextLength: 40, seed: 4);

    private static SequenceRequest Request(int prompt, int tokens, ulong seed = 1, SamplingOptions? sampling = null) => new(
        [.. Enumerable.Range(0, prompt).Select(i => (i + (int)seed) % 7)], new() { MaxTokens = tokens, Sampling = sampling ?? SamplingOptions.Default },
        new SeededRandomness(seed));

    private static int[] Tokens(Sequence sequence) => [.. sequence.Tokens.Select(token => token.Token)];

    private static int[] Alone(ILanguageModel model, SequenceRequest request) =>
        [.. new CachedDecoder(model).Decode(request.Prompt, request.Options, request.Randomness).Select(token => token.Token)];

    private static void ToEnd(DecodingLoop loop)
    {
        while (loop.Sequences.Count > 0)
            loop.Step();
    }

    [Fact]
    public void A_sequence_joins_while_others_decode_and_its_prompt_shares_their_step()
    {
        using var loop = new DecodingLoop(Table);
        var (first, second) = (loop.Add(Request(3, 6)), loop.Add(Request(2, 6, seed: 2)));
        loop.Step();
        loop.Step();
        var third = loop.Add(Request(5, 4, seed: 3));
        var step = loop.Step();

        Assert.Equal([1, 1, 5], step.Sequences.Select(part => part.Fed));
        Assert.Equal((3, 7), (step.Emitted, (int)step.NewTokens));
        ToEnd(loop);
        Assert.Equal(Alone(Table, Request(3, 6)), Tokens(first));
        Assert.Equal(Alone(Table, Request(2, 6, seed: 2)), Tokens(second));
        Assert.Equal(Alone(Table, Request(5, 4, seed: 3)), Tokens(third));
    }

    [Fact]
    public void One_that_leaves_in_the_middle_takes_nothing_of_the_others_along()
    {
        using var loop = new DecodingLoop(Table);
        Sequence[] all = [.. Enumerable.Range(1, 4).Select(seed => loop.Add(Request(seed, 8, (ulong)seed)))];
        loop.Step();
        loop.Step();
        loop.Cancel(all[1]);
        ToEnd(loop);

        Assert.Equal((StopReason.Cancelled, 2), (all[1].Stopped, all[1].Tokens.Count));
        foreach (var seed in new[] { 1, 3, 4 })
            Assert.Equal(Alone(Table, Request(seed, 8, (ulong)seed)), Tokens(all[seed - 1]));
    }

    /// <summary>Decodes first, then their drafts, then prompts in the order of arrival, then the drafts of prompts that end.</summary>
    [Fact]
    public void A_budget_is_shared_out_in_the_order_that_is_written_down()
    {
        SequenceState State(int unseen, int draft) => new(null!, unseen, draft);
        StepShare[] Plan(int budget, params SequenceState[] states)
        {
            var shares = new StepShare[states.Length];
            new ServeAll(chunk: 4, budget).Plan(states, shares);
            return shares;
        }

        SequenceState[] all = [State(9, 2), State(1, 3), State(2, 2), State(1, 3)];
        Assert.Equal([new(4, 0), new(1, 3), new(2, 2), new(1, 3)], Plan(int.MaxValue, all));
        Assert.Equal([new(4, 0), new(1, 3), new(0, 0), new(1, 3)], Plan(12, all));
        Assert.Equal([new(4, 0), new(1, 3), new(2, 1), new(1, 3)], Plan(15, all));
        Assert.Equal([new(0, 0), new(1, 2), new(0, 0), new(1, 0)], Plan(4, all));
        Assert.Equal([new(0, 0), new(1, 0), new(0, 0), new(0, 0)], Plan(1, all));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_budget_smaller_than_the_number_of_sequences_delays_and_changes_no_text(int budget)
    {
        using var loop = new DecodingLoop(Table, new() { Feed = new() { TokenBudget = budget } });
        Sequence[] all = [.. Enumerable.Range(1, 5).Select(seed => loop.Add(Request(seed, 5, (ulong)seed)))];
        while (loop.Sequences.Count > 0)
        {
            var step = loop.Step();
            Assert.InRange(step.NewTokens, 1, budget);
            Assert.Equal(step.NewTokens, step.Sequences.Sum(part => part.Fed + part.Guesses.Count));
        }
        for (var seed = 1; seed <= 5; seed++)
            Assert.Equal(Alone(Table, Request(seed, 5, (ulong)seed)), Tokens(all[seed - 1]));
    }

    [Fact]
    public void Chunks_of_a_prompt_ride_beside_verifications()
    {
        using var loop = new DecodingLoop(Table, new()
        {
            Feed = new() { PrefillChunk = 4 },
            Drafter = new ModelDrafter(Table),
            Speculation = new() { DraftLength = 2 },
        });
        var first = loop.Add(Request(2, 12, sampling: SamplingOptions.Greedy));
        loop.Step();
        var second = loop.Add(Request(9, 4, seed: 2, sampling: SamplingOptions.Greedy));

        Assert.Equal([(1, 2, 3), (4, 0, 0)], loop.Step().Sequences.Select(part => (part.Fed, part.Guesses.Count, part.Emitted)));
        Assert.Equal([(1, 2, 3), (4, 0, 0)], loop.Step().Sequences.Select(part => (part.Fed, part.Guesses.Count, part.Emitted)));
        Assert.Equal([(1, 2, 3), (1, 2, 3)], loop.Step().Sequences.Select(part => (part.Fed, part.Guesses.Count, part.Emitted)));
        ToEnd(loop);
        Assert.Equal(Alone(Table, Request(2, 12, sampling: SamplingOptions.Greedy)), Tokens(first));
        Assert.Equal(Alone(Table, Request(9, 4, seed: 2, sampling: SamplingOptions.Greedy)), Tokens(second));
    }

    /// <summary>
    /// Three sequences, of which one has a tree, one a chain and one no draft, in one call, on real caches: greedy text is the same bits
    /// as alone.
    /// </summary>
    [Fact]
    public void Trees_chains_and_plain_sequences_share_a_step()
    {
        var c = Shape;
        using var model = Fused(c, seed: 1);
        var requests = Enumerable.Range(0, 3).Select(i => Greedy(c, i, prompt: 3 + i)).ToArray();
        int[][] alone = [.. requests.Select(request => Alone(model, request))];
        using var loop = new DecodingLoop(model, new() { Drafter = new Mixed(requests, alone), Speculation = new() { Shape = TreeShape.Of(3, 2, 1) } });
        Sequence[] all = [.. requests.Select(loop.Add)];
        var first = loop.Step();

        Assert.Equal([9, 3, 0], first.Sequences.Select(part => part.Guesses.Count));
        Assert.Equal([true, false, false], first.Sequences.Select(part => part.Parents is not null));
        Assert.Equal([3, 3, 0], first.Sequences.Select(part => part.Path.Count));
        ToEnd(loop);
        Assert.Equal(alone, all.Select(Tokens));
    }

    /// <summary>
    /// Knows the texts: for the first sequence a tree in which the right path comes last, for the second a chain, for the third nothing.
    /// </summary>
    private sealed class Mixed(SequenceRequest[] requests, int[][] texts) : TextDrafter
    {
        public override DraftTree Propose(ReadOnlySpan<int> text, TreeShape shape)
        {
            var which = Which(text);
            var at = text.Length - requests[which].Prompt.Count;
            var next = texts[which].Skip(at).Take(shape.Depth).ToArray();
            return which switch
            {
                0 when shape.Count >= 9 && next.Length == 3 => new(
                    [36, 35, 36, next[0], 34, 33, next[1], 32, next[2]], [-1, -1, 1, -1, 3, 3, 3, 6, 6], SiblingDraw.Chosen, []),
                1 => new(next, [.. Enumerable.Range(-1, next.Length)], SiblingDraw.Chosen, []),
                _ => DraftTree.Empty,
            };
        }

        private int Which(ReadOnlySpan<int> text)
        {
            for (var i = 0; i < requests.Length; i++)
                if (text.StartsWith(requests[i].Prompt.ToArray()))
                    return i;
            return 2;
        }
    }

    private static LlamaConfiguration Shape { get; } = SmallModel.Shape(context: 40);

    private static FusedLlamaModel Fused(LlamaConfiguration c, int seed) => new(c, SmallModel.Tensors(c, SmallModel.Weights(c, seed)));

    private static SequenceRequest Greedy(LlamaConfiguration c, int i, int prompt) => new(
        SmallModel.RandomTokens(c, prompt, seed: 10 + i), new() { MaxTokens = 14 + i, Sampling = SamplingOptions.Greedy }, new SeededRandomness((ulong)i));

    public static TheoryData<string> Ways => [.. LoopWays.Keys];

    private static readonly Dictionary<string, Func<ILanguageModel, LoopOptions>> LoopWays = new()
    {
        ["plain"] = _ => new(),
        ["chain"] = draft => new() { Drafter = new ModelDrafter(draft), Speculation = new() { DraftLength = 3 } },
        ["tree"] = draft => new() { Drafter = new ModelDrafter(draft), Speculation = new() { Shape = TreeShape.Of(3, 2) } },
        ["lookup"] = _ => new() { Drafter = new PromptLookupDrafter(), Speculation = new() { Shape = TreeShape.Of(2, 1, 1) } },
    };

    /// <summary>
    /// On the fused kernels, whose logits are the same bits whatever shares a call: joins, leaves, chunks, budgets and drafts leave no
    /// trace.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Greedy_text_is_the_same_whatever_the_company_the_chunk_and_the_budget(string way)
    {
        using FusedLlamaModel model = Fused(Shape, seed: 1), draft = Fused(SmallModel.Shape(layers: 1, context: 24), seed: 1);
        SequenceRequest Request(int i) => Greedy(Shape, i, prompt: 1 + (5 * i % 13));
        int[][] alone = [.. Enumerable.Range(0, 6).Select(i => Alone(model, Request(i)))];
        foreach (var (budget, chunk, cache) in new (int, int, CacheOptions)[]
        {
            (int.MaxValue, int.MaxValue, CacheOptions.Default), (7, 3, CacheOptions.Default), (3, 2, new() { BlockTokens = 4 }), (11, 5, new() { BlockTokens = 4 }),
        })
        {
            using var loop = new DecodingLoop(model, LoopWays[way](draft) with { Feed = new() { PrefillChunk = chunk, TokenBudget = budget, Cache = cache } });
            var all = new List<Sequence>();
            for (var step = 0; all.Count < 6 || loop.Sequences.Count > 0; step++)
            {
                if (all.Count < 6 && step % 3 == 0)
                    all.Add(loop.Add(Request(all.Count)));
                if (step is 5 or 9 && loop.Sequences.Count > 1)
                {
                    var waits = loop.Sequences[0]; // put out and taken in again: it reads its text anew
                    loop.Remove(waits);
                    loop.Add(waits);
                }
                if (loop.Sequences.Count > 0)
                    loop.Step();
            }
            Assert.Equal(alone, all.Select(Tokens));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Removed_and_added_again_a_sequence_writes_what_it_would_have_written(string way)
    {
        var options = LoopWays[way](TableModel.Arbitrary(7, 40, seed: 8));
        int[] Write(Action<DecodingLoop, Sequence, int> between)
        {
            using var loop = new DecodingLoop(Table, options);
            var sequence = loop.Add(Request(4, 20));
            for (var step = 0; sequence.Stopped is null; step++)
            {
                loop.Step();
                if (sequence.Stopped is null)
                    between(loop, sequence, step);
            }
            return Tokens(sequence);
        }

        var expected = Write((_, _, _) => { });
        Assert.Equal(expected, Write((loop, sequence, step) =>
        {
            if (step % 2 == 1)
                return;
            loop.Remove(sequence);
            loop.Add(Request(2, 1, seed: 9)); // somebody else has its place meanwhile
            loop.Step();
            loop.Add(sequence);
        }));
    }

    [Fact]
    public void A_cache_that_is_full_is_an_error_that_emits_nothing_and_the_loop_goes_on_once_one_has_left()
    {
        using var model = Fused(Shape, seed: 1);
        using FusedLlamaModel draft = Fused(Shape, seed: 2);
        var feed = new FeedOptions { Cache = new() { BlockTokens = 4, Blocks = 9 } };
        using var loop = new DecodingLoop(model, new() { Feed = feed, Drafter = new ModelDrafter(draft), Speculation = new() { DraftLength = 2 } });
        Sequence[] all = [loop.Add(Greedy(Shape, 0, prompt: 9)), loop.Add(Greedy(Shape, 1, prompt: 8))];
        var put = false;
        while (loop.Sequences.Count > 0 || put)
        {
            var before = all.Sum(one => one.Tokens.Count);
            try
            {
                if (loop.Sequences.Count == 0)
                {
                    loop.Add(all[1]);
                    put = false;
                }
                loop.Step();
            }
            catch (CourseException full)
            {
                Assert.Contains("blocks of 4 tokens left", full.Message, StringComparison.Ordinal);
                Assert.Equal(before, all.Sum(one => one.Tokens.Count));
                loop.Remove(all[1]);
                put = true;
            }
        }
        Assert.Equal([Alone(model, Greedy(Shape, 0, prompt: 9)), Alone(model, Greedy(Shape, 1, prompt: 8))], all.Select(Tokens));
    }

    [Fact]
    public void After_a_drafter_or_a_rule_that_fails_the_next_step_does_all_of_it_again()
    {
        var drafter = new Failing(fails: 1);
        using var loop = new DecodingLoop(Table, new() { Drafter = drafter, Speculation = new() { DraftLength = 3 } });
        Sequence[] all = [loop.Add(Request(3, 9)), loop.Add(Request(2, 9, seed: 2))];

        Assert.Throws<CourseException>(() => loop.Step());
        Assert.All(all, one => Assert.Empty(one.Tokens));
        ToEnd(loop);
        Assert.Equal(Alone(Table, Request(3, 9)), Tokens(all[0]));
        Assert.Equal(Alone(Table, Request(2, 9, seed: 2)), Tokens(all[1]));

        var broken = new TableModel(3, 16, sequence => sequence.Count == 4 && sequence[0] == 1 ? [float.NaN, 0, 0] : [0, 0, 0]);
        using var other = new DecodingLoop(broken);
        Sequence[] two = [other.Add(new SequenceRequest([0], new() { MaxTokens = 9 }, new SeededRandomness(1))), other.Add(new SequenceRequest([1, 1], new() { MaxTokens = 9 }, new SeededRandomness(1)))];
        other.Step();
        other.Step();
        Assert.Throws<CourseException>(() => other.Step());
        Assert.Equal([2, 2], two.Select(one => one.Tokens.Count));
        other.Cancel(two[1]);
        ToEnd(other);
        Assert.Equal(9, two[0].Tokens.Count);
    }

    /// <summary>Proposes more than was asked for, a few times, and then nothing.</summary>
    private sealed class Failing(int fails) : TextDrafter
    {
        private int left = fails;

        public override DraftTree Propose(ReadOnlySpan<int> text, TreeShape shape) =>
            left-- > 0 ? new(new int[9], [.. Enumerable.Range(-1, 9)], SiblingDraw.Chosen, []) : DraftTree.Empty;
    }

    [Fact]
    public void A_drafter_that_answers_for_fewer_sequences_than_asked_is_refused()
    {
        using var loop = new DecodingLoop(Table, new() { Drafter = new Silent() });
        loop.Add(Request(2, 4));
        Assert.Contains("proposes for 0 sequences where 1 asked", Assert.Throws<CourseException>(() => loop.Step()).Message, StringComparison.Ordinal);
    }

    private sealed class Silent : IDrafter, IDrafting
    {
        public ModelUsage Usage => default;

        public void RequireFit(ILanguageModel target)
        {
        }

        public IDrafting Begin(int vocabularySize) => this;

        public void Join(Sequence sequence)
        {
        }

        public IReadOnlyList<DraftTree> Propose(IReadOnlyList<DraftRequest> requests) => [];

        public void Commit(Sequence sequence, IReadOnlyList<int> path)
        {
        }

        public void Leave(Sequence sequence)
        {
        }

        public void Dispose()
        {
        }
    }

    /// <summary>The tree is cut to what the context has room for, at every distance from its end.</summary>
    [Theory]
    [InlineData("3-2-1")]
    [InlineData("1-3-2")]
    public void At_the_end_of_the_context_trees_shrink_to_the_room_that_is_left(string shape)
    {
        var model = TableModel.Arbitrary(5, contextLength: 16, seed: 3);
        foreach (var prompt in Enumerable.Range(1, 16))
        {
            var request = new SequenceRequest([.. Enumerable.Repeat(2, prompt)], new() { MaxTokens = 99, Sampling = SamplingOptions.Greedy }, new SeededRandomness(1));
            using var loop = new DecodingLoop(model, new() { Drafter = new ModelDrafter(TableModel.Arbitrary(5, 16, seed: 4)), Speculation = new() { Shape = TreeShape.Parse(shape) } });
            var sequence = loop.Add(request);
            ToEnd(loop);
            Assert.Equal((StopReason.ContextFull, 17), (sequence.Stopped, sequence.Length));
            Assert.Equal(Alone(model, request), Tokens(sequence));
        }
    }

    [Fact]
    public void A_plan_that_gives_what_is_not_there_or_nothing_is_refused_and_nothing_is_computed()
    {
        void AssertError(string named, StepShare share)
        {
            using var loop = new DecodingLoop(new Fakes.ScriptedModel(7, 16), new() { Plan = new Fixed(share) });
            loop.Add(Request(3, 4));
            Assert.Contains(named, Assert.Throws<CourseException>(() => loop.Step()).Message, StringComparison.Ordinal);
        }

        AssertError("gives sequence 0 4 tokens", new(4, 0));
        AssertError("gives sequence 0 -1 tokens", new(-1, 0));
        AssertError("a draft of 1", new(3, 1)); // there is no drafter
        AssertError("none of the 1 sequences a token", default);
    }

    private sealed class Fixed(StepShare share) : IStepPlan
    {
        public void Plan(ReadOnlySpan<SequenceState> sequences, Span<StepShare> shares) => shares.Fill(share);
    }

    [Fact]
    public void What_is_not_in_the_loop_cannot_leave_it_and_what_is_cannot_join_again()
    {
        using var loop = new DecodingLoop(Table);
        Assert.Contains("no sequence in the loop", Assert.Throws<InvalidOperationException>(() => loop.Step()).Message, StringComparison.Ordinal);
        var sequence = loop.Add(Request(1, 1));
        Assert.Contains("in the loop already", Assert.Throws<CourseException>(() => loop.Add(sequence)).Message, StringComparison.Ordinal);
        loop.Step();
        Assert.Contains("is not in the loop", Assert.Throws<CourseException>(() => loop.Remove(sequence)).Message, StringComparison.Ordinal);
        Assert.Contains("has ended (TokenLimit)", Assert.Throws<CourseException>(() => loop.Add(sequence)).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => loop.Add(Request(41, 1)));
        Assert.Throws<CourseException>(() => new DecodingLoop(Table, new() { Feed = new() { TokenBudget = 0 } }));
    }

    [Fact]
    public void A_step_that_is_cancelled_while_it_drafts_leaves_everything_as_it_was()
    {
        using var cancellation = new CancellationTokenSource();
        var drafter = new ModelDrafter(Table);
        using var loop = new DecodingLoop(Table, new() { Drafter = new Cancelling(drafter, cancellation), Speculation = new() { DraftLength = 2 } });
        var sequence = loop.Add(Request(3, 9, sampling: SamplingOptions.Greedy));

        Assert.Throws<OperationCanceledException>(() => loop.Step(cancellation.Token));
        Assert.Empty(sequence.Tokens);
        Assert.Equal(0, loop.Usage.Calls);
        ToEnd(loop);
        Assert.Equal(Alone(Table, Request(3, 9, sampling: SamplingOptions.Greedy)), Tokens(sequence));
    }

    private sealed class Cancelling(IDrafter right, CancellationTokenSource cancellation) : IDrafter
    {
        public void RequireFit(ILanguageModel target) => right.RequireFit(target);

        public IDrafting Begin(int vocabularySize) => new Drafting(right.Begin(vocabularySize), cancellation);

        private sealed class Drafting(IDrafting right, CancellationTokenSource cancellation) : IDrafting
        {
            public ModelUsage Usage => right.Usage;

            public void Join(Sequence sequence) => right.Join(sequence);

            public IReadOnlyList<DraftTree> Propose(IReadOnlyList<DraftRequest> requests)
            {
                cancellation.Cancel();
                return right.Propose(requests);
            }

            public void Commit(Sequence sequence, IReadOnlyList<int> path) => right.Commit(sequence, path);

            public void Leave(Sequence sequence) => right.Leave(sequence);

            public void Dispose() => right.Dispose();
        }
    }
}
