using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tests.Fakes;

namespace Course.Inference.Tests.Speculation.Trees;

/// <summary>What drafters propose, what they feed and forget, and what is not taken from them.</summary>
public sealed class TreeDraftersTests
{
    private static DraftTree Lookup(string shape, params int[] sequence) =>
        new PromptLookupDrafter().Propose(sequence, TreeShape.Parse(shape));

    private static void AssertTree(int[] tokens, int[] parents, DraftTree tree)
    {
        Assert.Equal(tokens, tree.Tokens);
        Assert.Equal(parents, tree.Parents);
    }

    [Fact]
    public void Lookup_merges_what_followed_the_same_words_at_several_places() =>
        // After 1 2: latest 7 8, before that 7 9, first 5 6; all behind endings of two, then of one.
        AssertTree([7, 8, 9, 5, 6], [-1, 0, 0, -1, 3], Lookup("4-2", 1, 2, 5, 6, 1, 2, 7, 9, 1, 2, 7, 8, 1, 2));

    [Fact]
    public void A_longer_match_goes_before_a_later_one() => AssertTree([7, 8], [-1, -1], Lookup("2", 1, 2, 3, 7, 9, 3, 8, 1, 2, 3));

    [Fact]
    public void Without_a_match_or_room_it_guesses_nothing()
    {
        Assert.Equal(0, Lookup("4-2", 1, 2, 3, 4).Count);
        Assert.Equal(0, Lookup("4-2", 1).Count);
        Assert.Throws<CourseException>(() => new PromptLookupDrafter(2, 3));
    }

    /// <summary>One draft call a depth; of the tree just the path that stood stays in both caches.</summary>
    [Fact]
    public void Every_depth_is_one_call_and_both_keep_the_path_that_stood()
    {
        // The draft is certain of 5, and of the others the lowest id comes next; behind both it is certain of 3.
        var draft = new ScriptedModel(9, 32, new ScriptedForward(0, [1], [5]), new ScriptedForward(1, [5, 0], [3, 3]), new ScriptedKeep(2));
        // The target wants 0, and behind it 7.
        var target = new ScriptedModel(9, 32, new ScriptedForward(0, [1, 5, 3, 0, 3], [0, 8, 8, 7, 8]), new ScriptedKeep(3));
        var run = new SpeculativeDecoder(target, new ModelDrafter(draft), new() { Shape = TreeShape.Of(2, 1) })
            .Decode([1], new() { MaxTokens = 20, Sampling = SamplingOptions.Greedy }, new SeededRandomness(1));

        Assert.Equal([0, 7], run.Take(2).Select(token => token.Token));
        target.AssertDone();
        draft.AssertDone();
    }

    [Fact]
    public void Nothing_is_drafted_behind_a_stop_token_nor_beyond_what_can_be_emitted()
    {
        var target = TableModel.Arbitrary(4, 64, seed: 2);
        foreach (var stop in new[] { 1, 2, 3 })
        {
            var run = new SpeculativeDecoder(target, new ModelDrafter(target), new() { Shape = TreeShape.Of(3, 2, 2) })
                .Decode([1], new() { MaxTokens = 30, StopTokens = [stop] }, new SeededRandomness(4));
            _ = run.Count();
            foreach (var step in run.Trace.Steps)
                Assert.DoesNotContain(step.Tree?.Parents ?? Enumerable.Range(-1, step.Drafted), parent => parent != TokenTree.Root && step.Guesses[parent] == stop);
        }
        var last = new SpeculativeDecoder(target, new ModelDrafter(target), new() { Shape = TreeShape.Of(2, 2, 2) }).Decode([1], new() { MaxTokens = 2 }, new SeededRandomness(1));
        Assert.Equal(2, last.Count());
        Assert.Equal(2, last.Trace.Steps[0].Drafted);
    }

    public static TheoryData<string, DraftTree> Impossible => new()
    {
        { "Draft token 0 is 3, which is not in the target's vocabulary", new([3], [-1], SiblingDraw.Chosen, []) },
        { "Draft token 1 is -1", new([0, -1], [-1, -1], SiblingDraw.Chosen, []) },
        { "proposes 4 tokens where at most 3", new([0, 1, 2, 0], [-1, -1, -1, -1], SiblingDraw.Chosen, []) },
        { "proposes 1 nodes with 2 parents", new([0], [-1, 0], SiblingDraw.Chosen, []) },
        { "Node 0 of the tree has the parent 0", new([0], [0], SiblingDraw.Chosen, []) },
        { "Node 2 of the draft is at depth 2", new([0, 1, 2], [-1, 0, 1], SiblingDraw.Chosen, []) },
        { "of draft token 0 has 0 probabilities", new([0], [-1], SiblingDraw.Independent, [null, null]) },
        { "of draft token 1 has 2 probabilities", new([0, 1], [-1, 0], SiblingDraw.Independent, [[1, 0, 0], [0, 1], null]) },
        { "least value is -0.5", new([0], [-1], SiblingDraw.WithoutReplacement, [[1.5, -0.5, 0], null]) },
        { "to which the drafter's own distribution gives 0", new([0, 1], [-1, -1], SiblingDraw.WithoutReplacement, [[1, 0, 0], null, null]) },
        { "no two are alike", new([0, 0], [-1, -1], SiblingDraw.WithoutReplacement, [[0.5, 0.5, 0], null, null]) },
        { "a distribution for the text and each of its 2 nodes", new([0, 1], [-1, -1], SiblingDraw.Independent, [[0.5, 0.5, 0]]) },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void A_drafter_that_returns_what_cannot_be_is_an_error_before_anything_is_emitted(string named, DraftTree tree)
    {
        var run = new SpeculativeDecoder(TableModel.Arbitrary(3, 16), new FixedDrafter(tree), new() { Shape = TreeShape.Best(3, [0.5, 0.4]) })
            .Decode([0], new() { MaxTokens = 8 }, new SeededRandomness(1));

        Assert.Contains(named, Assert.Throws<CourseException>(() => run.Count()).Message, StringComparison.Ordinal);
        Assert.Empty(run.Tokens);
    }

    [Fact]
    public void Another_vocabulary_and_a_tree_beyond_the_context_are_refused_at_once()
    {
        var target = TableModel.Arbitrary(3, 16);
        Assert.Contains("The draft has 4 tokens", Assert.Throws<CourseException>(() => new SpeculativeDecoder(target, new ModelDrafter(TableModel.Arbitrary(4, 16)))).Message, StringComparison.Ordinal);
        Assert.Contains("has 20 nodes", Assert.Throws<CourseException>(() => new SpeculativeDecoder(target, new PromptLookupDrafter(), new() { Shape = TreeShape.Of(4, 2, 1) })).Message, StringComparison.Ordinal);
    }

    private sealed class FixedDrafter(DraftTree tree) : TextDrafter
    {
        public override DraftTree Propose(ReadOnlySpan<int> text, TreeShape shape) => tree;
    }
}
