using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Decoding;

namespace Course.Inference.Tests.Speculation;

/// <summary>
/// The proof: the exact joint law of what speculation emits, by enumeration of every answer of chance, is that of the target.
/// What it is compared with, <see cref="ModelLaw"/>, is written from the definitions and shares no code with the library.
/// </summary>
public sealed class SpeculativeLawTests
{
    private const double Reference = 1e-12;

    /// <summary>Vocabulary, γ, tokens emitted: as large as enumeration in a second allows.</summary>
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 2, 1, 5 }, { 2, 2, 5 }, { 2, 3, 5 }, { 2, 5, 6 }, { 3, 1, 4 }, { 3, 2, 4 }, { 3, 3, 4 }, { 5, 1, 3 }, { 5, 2, 3 }, { 8, 1, 2 }, { 17, 1, 2 },
    };

    private static double Distance(TableModel target, IDrafter drafter, int gamma, int[] prompt, DecodingOptions options) => TotalVariation.Between(
        JointLaw.Of(randomness => new SpeculativeDecoder(target, drafter, new() { DraftLength = gamma })
            .Decode(prompt, options, randomness).Select(token => token.Token)),
        ModelLaw.Of(target, prompt, options));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_kind_of_draft_leaves_the_law_of_the_target(int vocabulary, int gamma, int tokens)
    {
        var target = Tables.Arbitrary(vocabulary, contextLength: 32, seed: vocabulary);
        foreach (var (kind, draft) in Tables.DraftsFor(target))
        {
            var distance = Distance(target, new ModelDrafter(draft), gamma, [1, 0], new() { MaxTokens = tokens });
            Assert.True(distance <= Reference, $"{kind} draft: total variation {distance:E1}.");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_sampling_option_leaves_the_law_of_the_target_under_it(int vocabulary, int gamma, int tokens)
    {
        var target = Tables.Arbitrary(vocabulary, contextLength: 32, seed: 7 + vocabulary);
        var draft = Tables.DraftsFor(target)["unrelated"];
        foreach (var sampling in LawSamplings.All)
        {
            var distance = Distance(target, new ModelDrafter(draft), gamma, [0], new() { MaxTokens = tokens, Sampling = sampling });
            Assert.True(distance <= Reference, $"{sampling}: total variation {distance:E1}.");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_stop_token_anywhere_in_a_block_ends_the_text_there(int gamma)
    {
        var target = Tables.Arbitrary(3, contextLength: 32, seed: 3);
        foreach (var draft in Tables.DraftsFor(target).Values)
            foreach (int[] stops in new int[][] { [0], [1], [2], [0, 2] })
                Assert.InRange(Distance(target, new ModelDrafter(draft), gamma, [1], new() { MaxTokens = 4, StopTokens = stops }), 0, Reference);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_draft_that_the_target_excludes_altogether_changes_nothing(int gamma)
    {
        var (target, draft) = Tables.Disjoint(Tables.Arbitrary(6, contextLength: 32, seed: 4));
        Assert.InRange(Distance(target, new ModelDrafter(draft), gamma, [1], new() { MaxTokens = 3 }), 0, Reference);
    }

    /// <summary>The context ends inside a draft, at its end, just before it, and at once; the draft's own context too.</summary>
    [Theory]
    [InlineData(4, 16)]
    [InlineData(5, 16)]
    [InlineData(6, 16)]
    [InlineData(6, 2)]
    [InlineData(6, 3)]
    [InlineData(6, 4)]
    [InlineData(6, 5)]
    public void Full_contexts_leave_the_law_of_the_target(int targetContext, int draftContext)
    {
        var target = Tables.Arbitrary(3, targetContext, seed: 5);
        var draft = Tables.Arbitrary(3, draftContext, seed: 6);
        var law = JointLaw.Of(randomness => new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = 3 })
            .Decode([1, 2], new() { MaxTokens = 100 }, randomness).Select(token => token.Token));

        // The prompt's two tokens and what fills the context; one more can be drawn from the full one.
        var expected = ModelLaw.Of(target, [1, 2], new() { MaxTokens = targetContext - 2 + 1 });
        Assert.InRange(TotalVariation.Between(law, expected), 0, Reference);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 4)]
    public void Prompt_lookup_leaves_the_law_of_the_target(int vocabulary, int gamma)
    {
        var target = Tables.Arbitrary(vocabulary, contextLength: 32, seed: 8);
        foreach (var sampling in LawSamplings.All)
            Assert.InRange(
                Distance(target, new PromptLookupDrafter(), gamma, [1, 0, 1, 1, 0], new() { MaxTokens = 5, Sampling = sampling, StopTokens = [0] }), 0, Reference);
    }

    [Fact]
    public void The_law_of_a_decoder_that_forgets_the_residual_is_found_to_differ()
    {
        var target = Tables.Arbitrary(3, contextLength: 32, seed: 3);
        var wrong = new SpeculativeDecoder(target, new ModelDrafter(Tables.DraftsFor(target)["sharper"]), rule: FreshSampleAfterRejection.Rule);
        var law = JointLaw.Of(randomness => wrong.Decode([1], new() { MaxTokens = 3 }, randomness).Select(token => token.Token));

        Assert.True(TotalVariation.Between(law, ModelLaw.Of(target, [1], new() { MaxTokens = 3 })) > 0.01);
    }
}
