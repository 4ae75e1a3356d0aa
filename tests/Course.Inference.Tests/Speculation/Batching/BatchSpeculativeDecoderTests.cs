using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Speculation.Batching;
using Course.Inference.Tests.Decoding;

namespace Course.Inference.Tests.Speculation.Batching;

public sealed class BatchSpeculativeDecoderTests
{
    private static readonly TableModel Target = Tables.Arbitrary(3, contextLength: 24, seed: 11);
    private static readonly IReadOnlyDictionary<string, TableModel> Drafts = Tables.DraftsFor(Target);

    private static int[] Tokens(Sequence row) => [.. row.Tokens.Select(token => token.Token)];

    private static BatchRun Run(IDrafter drafter, int gamma, params IReadOnlyList<SequenceRequest> requests) =>
        Run(drafter, new SpeculationOptions { DraftLength = gamma }, requests);

    private static BatchRun Run(IDrafter drafter, SpeculationOptions options, params IReadOnlyList<SequenceRequest> requests)
    {
        var run = new SpeculativeDecoder(Target, drafter, options).Decode(requests);
        _ = run.Count();
        return run;
    }

    private static JointLaw Joint(IDrafter drafter, int gamma, (int[] Prompt, DecodingOptions Options) a, (int[] Prompt, DecodingOptions Options) b) =>
        Joint(drafter, new SpeculationOptions { DraftLength = gamma }, a, b);

    /// <summary>
    /// Both rows' tokens with a mark between them: their joint law says that each is right and that neither hears of the other.
    /// </summary>
    private static JointLaw Joint(IDrafter drafter, SpeculationOptions options, (int[] Prompt, DecodingOptions Options) a, (int[] Prompt, DecodingOptions Options) b) => JointLaw.Of(randomness =>
    {
        var rows = Run(drafter, options, new SequenceRequest(a.Prompt, a.Options, randomness), new SequenceRequest(b.Prompt, b.Options, randomness)).Rows;
        return [.. Tokens(rows[0]), -1, .. Tokens(rows[1])];
    });

    private static JointLaw Product((int[] Prompt, DecodingOptions Options) a, (int[] Prompt, DecodingOptions Options) b) => JointLaw.Given(
        from first in ModelLaw.Of(Target, a.Prompt, a.Options)
        from second in ModelLaw.Of(Target, b.Prompt, b.Options)
        select KeyValuePair.Create<IReadOnlyList<int>, double>([.. first.Key, -1, .. second.Key], first.Value * second.Value));

    [Theory]
    [InlineData("equal", 1)]
    [InlineData("unrelated", 1)]
    [InlineData("sharper", 2)]
    [InlineData("certain", 2)]
    public void Two_rows_of_different_length_limit_and_sampling_follow_their_own_laws_independently(string draft, int gamma)
    {
        var a = (Prompt: new[] { 1 }, Options: new DecodingOptions { MaxTokens = 3, StopTokens = [0] });
        var b = (Prompt: new[] { 2, 0, 1 }, Options: new DecodingOptions { MaxTokens = 2, Sampling = new() { TopK = 2 } });

        Assert.InRange(TotalVariation.Between(Joint(new ModelDrafter(Drafts[draft]), gamma, a, b), Product(a, b)), 0, 1e-12);
        Assert.InRange(TotalVariation.Between(Joint(new PromptLookupDrafter(), gamma, b, a), Product(b, a)), 0, 1e-12);
    }

    public static TheoryData<string, int, int> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, int, int>();
            foreach (var kind in Drafts.Keys)
                foreach (var (gamma, tokens) in new[] { (1, 3), (2, 2), (3, 2) })
                    kinds.Add(kind, gamma, tokens);
            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_draft_leaves_both_rows_their_laws(string draft, int gamma, int tokens)
    {
        var a = (Prompt: new[] { 1 }, Options: new DecodingOptions { MaxTokens = tokens });
        var b = (Prompt: new[] { 2, 0 }, Options: new DecodingOptions { MaxTokens = 2, StopTokens = [1], Sampling = new() { Temperature = 0.6 } });
        Assert.InRange(TotalVariation.Between(Joint(new ModelDrafter(Drafts[draft]), gamma, a, b), Product(a, b)), 0, 1e-12);
    }

    [Fact]
    public void So_does_every_sampling_option_of_a_row()
    {
        var b = (Prompt: new[] { 2, 0 }, Options: new DecodingOptions { MaxTokens = 2 });
        foreach (var sampling in LawSamplings.All)
        {
            var a = (Prompt: new[] { 1 }, Options: new DecodingOptions { MaxTokens = 2, Sampling = sampling });
            Assert.InRange(TotalVariation.Between(Joint(new ModelDrafter(Drafts["unrelated"]), 2, a, b), Product(a, b)), 0, 1e-12);
        }
    }

    /// <summary>
    /// What the switch does hangs on what was accepted in either row and on how many rows are left: it may look at anything that is past.
    /// The costs make two rows pay at a good acceptance only, and one row at nearly any.
    /// </summary>
    [Theory]
    [InlineData("equal")]
    [InlineData("sharper")]
    [InlineData("flatter")]
    [InlineData("opposed")]
    public void A_batch_that_switches_itself_on_and_off_leaves_both_rows_their_laws(string draft)
    {
        var costs = new BatchCosts([
            (1, new(new([(1, 1), (2, 1.05), (3, 1.1)]), new([(1, 0.05)]))),
            (2, new(new([(1, 1), (2, 1.4), (3, 1.9)]), new([(1, 0.1)])))]);
        var lengths = new List<int>();
        var options = new SpeculationOptions { DraftLength = 2, Length = () => new Noted(new AdaptiveDraftLength(costs, most: 2, prior: 0.5, priorTokens: 1, memory: 4), lengths) };
        var a = (Prompt: new[] { 1 }, Options: new DecodingOptions { MaxTokens = 4 });
        var b = (Prompt: new[] { 2, 0, 1 }, Options: new DecodingOptions { MaxTokens = 2, StopTokens = [0] });

        Assert.InRange(TotalVariation.Between(Joint(new ModelDrafter(Drafts[draft]), options, a, b), Product(a, b)), 0, 1e-12);
        Assert.Contains(0, lengths);
        Assert.Contains(lengths, length => length > 0);
    }

    /// <summary>Says what was chosen.</summary>
    private sealed class Noted(IDraftLength length, List<int> chosen) : IDraftLength
    {
        public int Next(int rows)
        {
            chosen.Add(length.Next(rows));
            return chosen[^1];
        }

        public void Observe(int judged, int accepted) => length.Observe(judged, accepted);
    }

    [Fact]
    public void Switched_off_a_batch_costs_the_draft_nothing_and_it_reads_up_when_it_is_switched_on()
    {
        var lengths = new Queue<int>([0, 0, 0, 2]);
        var run = Run(new ModelDrafter(Target), new SpeculationOptions { DraftLength = 2, Length = () => new Scripted(lengths) },
            [.. Enumerable.Range(0, 2).Select(row => new SequenceRequest([1, 2], new() { MaxTokens = 6 }, new SeededRandomness((ulong)row)))]);

        Assert.Equal([0, 0, 0, 4], run.Steps.Select(step => step.Drafted));
        // Prompt and three tokens of both rows at once, then the guess before the last: two calls.
        Assert.Equal((2, (2 * 5) + 2), (run.DraftUsage.Calls, (int)run.DraftUsage.Tokens));
        Assert.Equal(4, run.Steps[3].Accepted);
    }

    private sealed class Scripted(Queue<int> lengths) : IDraftLength
    {
        public int Next(int rows) => lengths.Dequeue();

        public void Observe(int judged, int accepted)
        {
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_row_draws_what_it_would_draw_alone_whatever_its_neighbours_accept(int gamma)
    {
        var drafter = new ModelDrafter(Drafts["flatter"]);
        int[][] prompts = [[1], [2, 0, 1, 1, 0], [0, 0], [2, 2, 2]];
        var options = prompts.Select((_, row) => new DecodingOptions { MaxTokens = 4 + (3 * row), StopTokens = row == 1 ? [0] : [] }).ToArray();
        SeededRandomness Seed(int row) => new SeededRandomness(5).ForRequest((ulong)row);

        var run = Run(drafter, gamma, [.. prompts.Select((prompt, row) => new SequenceRequest(prompt, options[row], Seed(row)))]);

        var alone = new SpeculativeDecoder(Target, drafter, new() { DraftLength = gamma });
        for (var row = 0; row < prompts.Length; row++)
        {
            Assert.Equal(alone.Decode(prompts[row], options[row], Seed(row)).Select(token => token.Token), Tokens(run.Rows[row]));
            Assert.Equal(row == 1 && Tokens(run.Rows[1])[^1] == 0 ? StopReason.EndToken : StopReason.TokenLimit, run.Rows[row].Stopped);
        }
        Assert.Equal(run.Rows.Sum(row => row.Tokens.Count), run.Steps.Sum(step => step.Emitted));
    }

    [Fact]
    public void A_row_at_the_end_of_a_context_ends_there_and_the_others_go_on()
    {
        int[] full = [.. Enumerable.Repeat(1, 23)];
        var run = Run(new ModelDrafter(Tables.Arbitrary(3, contextLength: 24, seed: 2)), 4,
            new SequenceRequest(full, new() { MaxTokens = 100 }, new SeededRandomness(1)), new SequenceRequest([0], new() { MaxTokens = 10 }, new SeededRandomness(2)));

        Assert.Equal((2, StopReason.ContextFull), (run.Rows[0].Tokens.Count, run.Rows[0].Stopped!.Value));
        Assert.Equal((10, StopReason.TokenLimit), (run.Rows[1].Tokens.Count, run.Rows[1].Stopped!.Value));
    }

    [Fact]
    public void One_call_of_the_target_serves_all_rows()
    {
        var run = Run(new ModelDrafter(Target), 3, [.. Enumerable.Range(0, 5).Select(row => new SequenceRequest([1, 2], new() { MaxTokens = 8 }, new SeededRandomness((ulong)row)))]);

        // Two steps of three drafts and a bonus, the prompts with the first of them: the draft is the target, so all are accepted.
        Assert.Equal(2, run.Usage.Calls);
        Assert.Equal([(5, 15, 15, 20), (5, 15, 15, 20)], run.Steps.Select(step => (step.Sequences.Count, step.Drafted, step.Accepted, step.Emitted)));
    }

    [Fact]
    public void An_empty_batch_and_a_draft_of_another_vocabulary_are_refused()
    {
        Assert.Throws<CourseException>(() => new SpeculativeDecoder(Target, new ModelDrafter(Target)).Decode([]));
        Assert.Throws<CourseException>(() => new SpeculativeDecoder(Target, new ModelDrafter(TableModel.Arbitrary(4, 16))));
    }

    public static TheoryData<string, DraftToken[]> Impossible => new()
    {
        { "Draft token 0 is 3, which is not in the target's vocabulary", [new(3, [0, 0, 1])] },
        { "gives 0", [new(1, [1, 0, 0])] },
        { "its sum 0.875", [new(0, [0.5, 0.25, 0.125])] },
        { "NaN", [new(0, [1, double.NaN, 0])] },
        { "has 2 probabilities", [new(0, [1, 0])] },
        { "proposes 3 tokens where at most 2", [new(0, [1, 0, 0]), new(0, [1, 0, 0]), new(0, [1, 0, 0])] },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_draft_that_cannot_be_in_any_row_is_an_error_before_anything_is_emitted(string named, DraftToken[] draft)
    {
        var run = new SpeculativeDecoder(Target, new SecondRowOnly(draft), new() { DraftLength = 2 })
            .Decode([new([1], new() { MaxTokens = 5 }, new SeededRandomness(1)), new([2, 0], new() { MaxTokens = 5 }, new SeededRandomness(2))]);

        Assert.Contains(named, Assert.Throws<CourseException>(() => run.Count()).Message, StringComparison.Ordinal);
        Assert.All(run.Rows, row => Assert.Empty(row.Tokens));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(24)]
    public void A_draft_length_below_zero_or_beyond_the_cache_is_refused_at_once(int gamma) => Assert.Contains(
        $"got {gamma}",
        Assert.Throws<CourseException>(() => new SpeculativeDecoder(Target, new ModelDrafter(Target), new() { DraftLength = gamma })).Message, StringComparison.Ordinal);

    /// <summary>Proposes nothing for the first row, and always the same for the second, which begins with 2.</summary>
    private sealed class SecondRowOnly(DraftToken[] draft) : TextDrafter
    {
        public override DraftTree Propose(ReadOnlySpan<int> text, TreeShape shape) => text[0] == 2 ? DraftTree.Chain(draft) : DraftTree.Empty;
    }

    [Fact]
    public void Cancelled_it_keeps_what_came()
    {
        var run = new SpeculativeDecoder(Target, new ModelDrafter(Target)).Decode([new([1], new(), new SeededRandomness(1))], new(canceled: true));
        Assert.Empty(run);
        Assert.Equal(StopReason.Cancelled, run.Rows[0].Stopped);
    }
}
