using Course.Inference.Decoding.Drafts;
using Course.Inference.Speculation;

namespace Course.Inference.Tests.Speculation;

public sealed class PromptLookupDrafterTests
{
    private static int[] Guess(int count, params int[] sequence) =>
        [.. new PromptLookupDrafter().Propose(sequence, TreeShape.Chain(count)).Tokens];

    [Fact]
    public void It_proposes_what_followed_the_same_words_before() => Assert.Equal([4, 5], Guess(2, 1, 2, 3, 4, 5, 6, 1, 2, 3));

    [Fact]
    public void A_longer_match_beats_a_later_one() => Assert.Equal([7], Guess(1, 1, 2, 3, 7, 9, 3, 8, 1, 2, 3));

    [Fact]
    public void Of_equal_matches_the_latest_counts() => Assert.Equal([8], Guess(1, 3, 7, 1, 3, 8, 2, 3));

    [Fact]
    public void A_loop_is_guessed_to_go_on() => Assert.Equal([2, 1, 2, 1, 2], Guess(5, 1, 2, 1, 2, 1));

    [Fact]
    public void Without_a_match_it_guesses_nothing()
    {
        Assert.Empty(Guess(4, 1, 2, 3, 4));
        Assert.Empty(Guess(4, 1));
    }

    [Fact]
    public void A_guess_has_all_of_its_distribution()
    {
        var draft = new PromptLookupDrafter().Propose([1, 2, 3, 1], TreeShape.Chain(3));
        for (var node = 0; node < 3; node++)
            Assert.Equal([.. Enumerable.Range(0, 5).Select(id => id == draft.Tokens[node] ? 1.0 : 0)], draft.DistributionOf(node, 5));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 3)]
    public void Lengths_that_cannot_be_are_refused(int longest, int shortest) =>
        Assert.Throws<CourseException>(() => new PromptLookupDrafter(longest, shortest));
}
