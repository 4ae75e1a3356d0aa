using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Decoding;

namespace Course.Inference.Tests.Speculation.Trees;

/// <summary>
/// The proof for trees: the exact joint law of what is emitted, by enumeration of every answer of chance, is that of the target.
/// </summary>
public sealed class TreeLawTests
{
    private const double Reference = 1e-12;

    /// <summary>Vocabulary, tree, tokens emitted: as large as enumeration allows.</summary>
    public static TheoryData<int, string, int> Sizes => new()
    {
        { 2, "2", 4 }, { 2, "2-2", 4 }, { 2, "2-1-1", 4 }, { 3, "2", 3 }, { 3, "3", 3 }, { 3, "2-1", 3 }, { 3, "1-2", 3 }, { 5, "3", 2 }, { 8, "2", 2 },
    };

    public static TheoryData<SiblingDraw> Draws => [.. Enum.GetValues<SiblingDraw>()];

    internal static double Distance(TableModel target, IDrafter drafter, TreeShape shape, int[] prompt, DecodingOptions options) => TotalVariation.Between(
        JointLaw.Of(randomness => new SpeculativeDecoder(target, drafter, new() { Shape = shape })
            .Decode(prompt, options, randomness).Select(token => token.Token)),
        ModelLaw.Of(target, prompt, options));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Every_kind_of_draft_and_of_drawing_leaves_the_law_of_the_target(int vocabulary, string shape, int tokens)
    {
        var target = Tables.Arbitrary(vocabulary, contextLength: 32, seed: vocabulary);
        foreach (var (kind, draft) in Tables.DraftsFor(target))
            foreach (var draw in Enum.GetValues<SiblingDraw>())
            {
                var distance = Distance(target, new ModelDrafter(draft, draw), TreeShape.Parse(shape), [1, 0], new() { MaxTokens = tokens });
                Assert.True(distance <= Reference, $"{kind} draft, {draw}: total variation {distance:E1}.");
            }
    }

    [Theory]
    [MemberData(nameof(Draws))]
    public void Every_sampling_option_leaves_the_law_of_the_target_under_it(SiblingDraw draw)
    {
        var target = Tables.Arbitrary(4, contextLength: 32, seed: 11);
        foreach (var kind in new[] { "unrelated", "flatter" })
            foreach (var sampling in LawSamplings.All)
                foreach (var shape in new[] { "3", "2-1" })
                {
                    var distance = Distance(target, new ModelDrafter(Tables.DraftsFor(target)[kind], draw), TreeShape.Parse(shape), [0], new() { MaxTokens = 2, Sampling = sampling });
                    Assert.True(distance <= Reference, $"{kind}, {shape}, {sampling}: total variation {distance:E1}.");
                }
    }

    [Theory]
    [MemberData(nameof(Draws))]
    public void A_stop_token_anywhere_in_a_tree_ends_the_text_there(SiblingDraw draw)
    {
        var target = Tables.Arbitrary(3, contextLength: 32, seed: 3);
        foreach (var draft in Tables.DraftsFor(target).Values)
            foreach (int[] stops in new int[][] { [0], [1], [2], [0, 2] })
                Assert.InRange(Distance(target, new ModelDrafter(draft, draw), TreeShape.Of(2, 1), [1], new() { MaxTokens = 3, StopTokens = stops }), 0, Reference);
    }

    [Theory]
    [MemberData(nameof(Draws))]
    public void Candidates_that_the_target_excludes_altogether_change_nothing(SiblingDraw draw)
    {
        var (target, draft) = Tables.Disjoint(Tables.Arbitrary(6, contextLength: 32, seed: 4));
        Assert.InRange(Distance(target, new ModelDrafter(draft, draw), TreeShape.Of(3), [1], new() { MaxTokens = 3 }), 0, Reference);
        Assert.InRange(Distance(target, new ModelDrafter(draft, draw), TreeShape.Of(2, 1), [1], new() { MaxTokens = 2 }), 0, Reference);
    }

    /// <summary>
    /// The context ends inside a tree, at its end, just before it, and at once; its nodes need more room than its depth; and the draft's
    /// own context ends.
    /// </summary>
    [Theory]
    [InlineData(3, 16)]
    [InlineData(4, 16)]
    [InlineData(5, 16)]
    [InlineData(6, 16)]
    [InlineData(6, 2)]
    [InlineData(6, 3)]
    [InlineData(6, 4)]
    public void Full_contexts_leave_the_law_of_the_target(int targetContext, int draftContext)
    {
        var target = Tables.Arbitrary(2, targetContext, seed: 5);
        var draft = Tables.Arbitrary(2, draftContext, seed: 6);
        // Two nodes at most fit beside the prompt where the context is 4.
        var shape = TreeShape.Of(2).Count < targetContext && targetContext < 6 ? TreeShape.Of(2) : TreeShape.Of(2, 1);
        var law = JointLaw.Of(randomness => new SpeculativeDecoder(target, new ModelDrafter(draft), new() { Shape = shape })
            .Decode([1, 1], new() { MaxTokens = 100 }, randomness).Select(token => token.Token));

        var expected = ModelLaw.Of(target, [1, 1], new() { MaxTokens = targetContext - 2 + 1 });
        Assert.InRange(TotalVariation.Between(law, expected), 0, Reference);
    }

    [Fact]
    public void Any_static_tree_will_do()
    {
        var target = Tables.Arbitrary(3, contextLength: 32, seed: 9);
        foreach (var nodes in new[] { 0, 1, 3, 4 })
            Assert.InRange(
                Distance(target, new ModelDrafter(Tables.DraftsFor(target)["flatter"]), TreeShape.Best(nodes, [0.6, 0.3, 0.1]), [1], new() { MaxTokens = 3 }), 0, Reference);
    }

    [Theory]
    [InlineData(2, "2-1-1")]
    [InlineData(3, "2-2")]
    [InlineData(3, "4-1-1")]
    public void Prompt_lookup_leaves_the_law_of_the_target(int vocabulary, string shape)
    {
        var target = Tables.Arbitrary(vocabulary, contextLength: 32, seed: 8);
        foreach (var sampling in LawSamplings.All)
            Assert.InRange(
                Distance(target, new PromptLookupDrafter(), TreeShape.Parse(shape), [1, 0, 1, 1, 0, 0, 1], new() { MaxTokens = 4, Sampling = sampling, StopTokens = [0] }), 0, Reference);
    }

    [Fact]
    public void A_rule_that_forgets_what_rejected_siblings_took_is_found_to_differ()
    {
        var target = Tables.Arbitrary(3, contextLength: 32, seed: 3);
        var wrong = new SpeculativeDecoder(
            target, new ModelDrafter(Tables.DraftsFor(target)["sharper"]), new() { Shape = TreeShape.Of(2) }, rule: FreshSampleAfterRejection.Rule);
        var law = JointLaw.Of(randomness => wrong.Decode([1], new() { MaxTokens = 2 }, randomness).Select(token => token.Token));

        Assert.True(TotalVariation.Between(law, ModelLaw.Of(target, [1], new() { MaxTokens = 2 })) > 0.01);
    }
}
