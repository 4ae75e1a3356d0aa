using Course.Training.Corpora;

namespace Course.Training.Tests.Corpora;

public class TokenSourceTests
{
    /// <summary>Token 10·d + i is token i of document d; 0 is the separator.</summary>
    private static readonly int[][] Documents =
        [.. Enumerable.Range(1, 20).Select(d => Enumerable.Range(0, 5).Select(i => 10 * d + i).ToArray())];

    [Fact]
    public void Windows_of_one_epoch_do_not_overlap_and_keep_documents_whole()
    {
        var source = new TokenSource(Documents, endOfText: 0, window: 6, seed: 1);
        var epoch = Enumerable.Range(0, source.WindowsPerEpoch).SelectMany(n => source.Window(n).ToArray()).ToList();

        Assert.Equal(source.WindowsPerEpoch * 6, epoch.Count);
        Assert.Distinct(epoch.Where(id => id != 0));
        Assert.All(epoch.Zip(epoch.Skip(1)).Where(pair => pair.First != 0), pair =>
            Assert.True(pair.Second == (pair.First % 10 == 4 ? 0 : pair.First + 1), $"{pair}"));
    }

    [Fact]
    public void Every_epoch_has_another_order()
    {
        var source = new TokenSource(Documents, 0, 6, 1);
        var epochs = Enumerable.Range(0, 2).Select(e => string.Join(' ', source.Window((long)e * source.WindowsPerEpoch).ToArray()))
            .ToList();

        Assert.NotEqual(epochs[0], epochs[1]);
    }

    [Fact]
    public void A_window_depends_only_on_seed_and_number()
    {
        var (one, two) = (new TokenSource(Documents, 0, 6, 1), new TokenSource(Documents, 0, 6, 1));
        var other = new TokenSource(Documents, 0, 6, 2);
        one.Window(5);

        Assert.Equal(one.Window(70).ToArray(), two.Window(70).ToArray());
        Assert.NotEqual(one.Window(70).ToArray(), other.Window(70).ToArray());
    }

    [Fact]
    public void Too_few_tokens_for_two_windows_are_rejected() =>
        Assert.Contains(
            "has 6 tokens", Assert.Throws<CourseException>(() => new TokenSource([[1, 2, 3, 4, 5]], 0, 4, 1)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_mixture_has_its_share_of_stories_at_every_length()
    {
        var stories = new TokenSource(Documents, 0, 6, 1);
        var books = new TokenSource([.. Documents.Select(document => document.Select(id => id + 1000).ToArray())], 0, 6, 1);
        var mixture = new Mixture(stories, books, StoryShare: 0.8);

        var fromStories = Enumerable.Range(0, 50).Select(n => mixture.Row(n).ToArray().Max() < 1000).ToList();

        for (var n = 1; n <= 50; n++)
            Assert.Equal(Math.Floor(n * 0.8), fromStories.Take(n).Count(isStory => isStory));
    }
}
