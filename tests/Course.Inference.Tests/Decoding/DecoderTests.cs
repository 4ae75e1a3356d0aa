using Course.Inference.Decoding;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Fakes;

namespace Course.Inference.Tests.Decoding;

/// <summary>What every decoder must do, whatever it does inside. A new decoder is a new line in <see cref="Makers"/>.</summary>
public sealed class DecoderTests
{
    private static readonly Dictionary<string, Func<ILanguageModel, TimeProvider?, IDecoder>> Makers = new()
    {
        ["naive"] = (model, time) => new NaiveDecoder(model, time),
        ["cached"] = (model, time) => new CachedDecoder(model, time),
        ["cached, its prompt in chunks"] = (model, time) => new CachedDecoder(model, time, new() { PrefillChunk = 1 }),
        ["speculative"] = (model, time) => new SpeculativeDecoder(model, new ModelDrafter(TableModel.Arbitrary(model.VocabularySize, model.ContextLength, seed: 77)), new() { DraftLength = 2 }, time),
        ["speculative, itself as draft"] = (model, time) => new SpeculativeDecoder(model, new ModelDrafter(model), new() { DraftLength = 2 }, time),
        ["speculative, drafting nothing"] = (model, time) => new SpeculativeDecoder(model, new ModelDrafter(model), new() { DraftLength = 0 }, time),
    };

    /// <summary>The table's maxima after 1, 2, 3, step by step: one golden for all decoders, present and to come.</summary>
    private static readonly int[] GreedyGolden = [2, 7, 10, 9, 9, 3, 9, 8, 6, 4, 10, 10, 6, 8, 6, 2, 5, 5, 10, 7, 8, 9, 3, 8];

    public static TheoryData<string> All => [.. Makers.Keys];

    /// <summary>Those that draw one token after the other: the same questions to the randomness, and one call a token.</summary>
    public static TheoryData<string> OneByOne => ["naive", "cached", "cached, its prompt in chunks", "speculative, drafting nothing"];

    private static IDecoder Make(string decoder, ILanguageModel model, TimeProvider? time = null) => Makers[decoder](model, time);

    private static int[] Tokens(IEnumerable<DecodedToken> run) => [.. run.Select(token => token.Token)];

    private static JointLaw Law(string decoder, ILanguageModel model, int[] prompt, DecodingOptions options) =>
        JointLaw.Of(randomness => Tokens(Make(decoder, model).Decode(prompt, options, randomness)));

    [Theory]
    [MemberData(nameof(All))]
    public void Sampling_emits_exactly_the_law_of_the_model(string decoder)
    {
        var model = TableModel.Arbitrary(4, contextLength: 16);
        var options = new DecodingOptions { MaxTokens = 5 };

        Assert.True(TotalVariation.Between(Law(decoder, model, [2, 1], options), ModelLaw.Of(model, [2, 1], options)) < 1e-13);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_stop_token_ends_the_run_and_is_its_last_token(string decoder)
    {
        var model = TableModel.Arbitrary(4, contextLength: 16);
        var options = new DecodingOptions { MaxTokens = 5, StopTokens = [3, 0] };
        var law = Law(decoder, model, [1], options);

        Assert.True(TotalVariation.Between(law, ModelLaw.Of(model, [1], options)) < 1e-13);
        Assert.All(law, outcome => Assert.DoesNotContain(outcome.Key.SkipLast(1), token => token is 0 or 3));
        Assert.All(law, outcome => Assert.True(outcome.Key.Count == 5 || outcome.Key[^1] is 0 or 3));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Truncated_sampling_emits_exactly_the_truncated_law(string decoder)
    {
        var model = TableModel.Arbitrary(5, contextLength: 16, seed: 9);
        foreach (var sampling in new SamplingOptions[] { new() { TopK = 2 }, new() { TopP = 0.7 }, new() { MinP = 0.4 }, new() { Temperature = 0.5, TopK = 3, TopP = 0.9, MinP = 0.1 } })
        {
            var options = new DecodingOptions { MaxTokens = 4, Sampling = sampling, StopTokens = [4] };
            Assert.True(TotalVariation.Between(Law(decoder, model, [0, 3], options), ModelLaw.Of(model, [0, 3], options)) < 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_law_ends_where_the_context_does(string decoder)
    {
        var model = TableModel.Arbitrary(3, contextLength: 4);
        var options = new DecodingOptions { MaxTokens = 100 };
        var law = Law(decoder, model, [1, 2], options);

        // Two more tokens fill the context; a third can still be drawn from the full one.
        Assert.All(law, outcome => Assert.Equal(3, outcome.Key.Count));
        Assert.True(TotalVariation.Between(law, ModelLaw.Of(model, [1, 2], options with { MaxTokens = 3 })) < 1e-13);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Greedy_decoding_follows_the_maxima(string decoder)
    {
        var model = TableModel.Arbitrary(11, contextLength: 64, seed: 5);
        var run = Make(decoder, model).Decode([1, 2, 3], new() { MaxTokens = 24, Sampling = SamplingOptions.Greedy }, new SeededRandomness(0));

        Assert.Equal(GreedyGolden, Tokens(run));
        Assert.All(run.Tokens, token => Assert.Equal(1, token.Probability));
    }

    [Theory]
    [MemberData(nameof(OneByOne))]
    public void A_seed_gives_the_same_tokens_with_every_decoder_that_draws_one_by_one_and_again(string decoder)
    {
        var model = TableModel.Arbitrary(11, contextLength: 64, seed: 6);
        int[] Run(string name) => Tokens(Make(name, model).Decode([4], new() { MaxTokens = 40 }, new SeededRandomness(3)));

        Assert.Equal(Run("naive"), Run(decoder));
        Assert.Equal(Run(decoder), Run(decoder));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Each_token_has_the_probability_that_it_was_drawn_with(string decoder)
    {
        var model = TableModel.Constant(contextLength: 32, 0.5, 0.3, 0.2);
        var run = Make(decoder, model).Decode([0], new() { MaxTokens = 20, Sampling = new() { TopK = 2 } }, new SeededRandomness(1));

        Assert.All(run, token => Assert.Equal(token.Token == 0 ? 0.625 : 0.375, token.Probability, 1e-7));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_run_says_why_it_ended(string decoder)
    {
        StopReason? Reason(DecodingOptions options, CancellationToken cancellation = default)
        {
            var run = Make(decoder, TableModel.Constant(contextLength: 6, 1, 0)).Decode([0], options, new SeededRandomness(1), cancellation);
            Assert.Null(run.Stopped);
            Tokens(run);
            return run.Stopped;
        }

        Assert.Equal(StopReason.TokenLimit, Reason(new() { MaxTokens = 3 }));
        Assert.Equal(StopReason.EndToken, Reason(new() { MaxTokens = 3, StopTokens = [0] }));
        Assert.Equal(StopReason.EndToken, Reason(new() { MaxTokens = 1, StopTokens = [0] })); // rather than the limit reached with it
        Assert.Equal(StopReason.ContextFull, Reason(new() { MaxTokens = 100 }));
        Assert.Equal(StopReason.Cancelled, Reason(new(), new(canceled: true)));
    }

    [Theory]
    [MemberData(nameof(OneByOne))]
    public void Cancelling_between_tokens_keeps_what_came_and_calls_no_more(string decoder)
    {
        using var cancellation = new CancellationTokenSource();
        var run = Make(decoder, TableModel.Arbitrary(4, 64)).Decode([1], new(), new SeededRandomness(1), cancellation.Token);
        foreach (var _ in run)
            if (run.Tokens.Count == 3)
                cancellation.Cancel();

        Assert.Equal(3, run.Tokens.Count);
        Assert.Equal(3, run.Usage.Calls);
        Assert.Equal(StopReason.Cancelled, run.Stopped);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Prompts_and_options_out_of_range_are_errors_before_anything_is_computed(string decoder)
    {
        var model = new ScriptedModel(4, contextLength: 3); // an empty script: any call fails the test
        void AssertError(string named, int[] prompt, DecodingOptions options) => Assert.Contains(
            named, Assert.Throws<CourseException>(() => Make(decoder, model).Decode(prompt, options, new SeededRandomness(1))).Message, StringComparison.Ordinal);

        AssertError("empty", [], new());
        AssertError("has 5 tokens and this model's context is 3", [0, 0, 0, 0, 0], new());
        AssertError("MaxTokens", [0], new() { MaxTokens = 0 });
        AssertError("TopP", [0], new() { Sampling = new() { TopP = 2 } });
    }
}
