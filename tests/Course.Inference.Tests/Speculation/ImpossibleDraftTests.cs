using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Fakes;

namespace Course.Inference.Tests.Speculation;

/// <summary>Drafters that break their contract, and settings that cannot be: a clear error, and not one token.</summary>
public sealed class ImpossibleDraftTests
{
    public static TheoryData<string, DraftToken[]> Impossible => new()
    {
        { "Draft token 0 is 3, which is not in the target's vocabulary", [new(3, [0, 0, 1])] },
        { "Draft token 1 is -1", [new(0, [1, 0, 0]), new(-1, [1, 0, 0])] },
        { "gives 0", [new(1, [1, 0, 0])] },
        { "least value is -0.5", [new(0, [1.5, -0.5, 0])] },
        { "its sum 0.875", [new(0, [0.5, 0.25, 0.125])] },
        { "NaN", [new(0, [1, double.NaN, 0])] },
        { "has 2 probabilities", [new(0, [1, 0])] },
        { "has 0 probabilities", [new(0, null!)] },
        { "proposes 3 tokens where at most 2", [new(0, [1, 0, 0]), new(0, [1, 0, 0]), new(0, [1, 0, 0])] },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_drafter_that_returns_what_cannot_be_is_an_error_before_anything_is_emitted(string named, DraftToken[] draft)
    {
        var run = new SpeculativeDecoder(TableModel.Arbitrary(3, 16), new FixedDrafter(draft), new() { DraftLength = 2 })
            .Decode([0], new() { MaxTokens = 8 }, new SeededRandomness(1));

        Assert.Contains(named, Assert.Throws<CourseException>(() => run.Count()).Message, StringComparison.Ordinal);
        Assert.Empty(run.Tokens);
    }

    [Fact]
    public void A_bad_value_anywhere_in_a_long_law_is_found()
    {
        for (var place = 0; place < 37; place++)
        {
            var law = new double[37];
            law[36 - place] = 1;
            law[place] = place == 18 ? double.NaN : -1e-9;
            var run = new SpeculativeDecoder(TableModel.Arbitrary(37, 16), new FixedDrafter([new(36 - place, law)])).Decode([0], new(), new SeededRandomness(1));
            Assert.Throws<CourseException>(() => run.Count());
        }
    }

    [Fact]
    public void A_draft_of_another_vocabulary_is_refused_at_once() => Assert.Contains(
        "The draft has 4 tokens and the target 3",
        Assert.Throws<CourseException>(() => new SpeculativeDecoder(TableModel.Arbitrary(3, 16), new ModelDrafter(TableModel.Arbitrary(4, 16)))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(16)]
    [InlineData(int.MaxValue)]
    public void A_draft_length_below_zero_or_beyond_the_cache_is_refused_at_once(int gamma)
    {
        var model = TableModel.Arbitrary(3, contextLength: 16);
        var error = Assert.Throws<CourseException>(() => new SpeculativeDecoder(model, new ModelDrafter(model), new() { DraftLength = gamma }));
        Assert.Contains($"got {gamma}", error.Message, StringComparison.Ordinal);
        Assert.NotNull(new SpeculativeDecoder(model, new ModelDrafter(model), new() { DraftLength = 15 }));
    }

    [Fact]
    public void A_cache_that_does_not_rewind_is_found_out()
    {
        var decoder = new SpeculativeDecoder(new StuckModel(TableModel.Arbitrary(3, 32)), new PromptLookupDrafter());
        var run = decoder.Decode([0, 1, 0, 1, 0], new() { MaxTokens = 20 }, new SeededRandomness(1));
        Assert.Contains("it holds", Assert.Throws<InvalidOperationException>(() => run.Count()).Message, StringComparison.Ordinal);
    }

    private sealed class FixedDrafter(DraftToken[] draft) : TextDrafter
    {
        public override DraftTree Propose(ReadOnlySpan<int> text, TreeShape shape) => DraftTree.Chain(draft);
    }

    /// <summary>A model whose caches only ever grow.</summary>
    private sealed class StuckModel(ILanguageModel model) : DelegatingModel(model)
    {
        public override IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null) => new StuckCache(base.CreateCache(rows, options));

        public override Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default) =>
            base.Forward(tokens, (cache as StuckCache)?.Real, wanted);
    }

    private sealed class StuckCache(IKeyValueCache real) : IKeyValueCache
    {
        public IKeyValueCache Real => real;

        public int Rows => real.Rows;

        public int Capacity => real.Capacity;

        public int Length => real.Length;

        public long Bytes => real.Bytes;

        public CacheType Type => real.Type;

        public int LengthOf(int row) => real.LengthOf(row);

        public void Rewind(int count)
        {
        }

        public void Rewind(int row, int count)
        {
        }

        public void Keep(int row, int length, ReadOnlySpan<int> further)
        {
        }

        public void Add() => real.Add();

        public void Remove(int row) => real.Remove(row);

        public void Dispose() => real.Dispose();
    }
}
