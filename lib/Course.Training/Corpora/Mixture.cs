namespace Course.Training.Corpora;

/// <summary>Interleaves windows of two sources in a fixed proportion, as evenly as possible.</summary>
/// <param name="Stories">The source of stories.</param>
/// <param name="Books">The source of books; null if all windows are stories.</param>
/// <param name="StoryShare">The share of windows that are stories, 0 to 1.</param>
public sealed record Mixture(TokenSource Stories, TokenSource? Books, double StoryShare)
{
    /// <summary>Returns window n of the whole run: [T + 1] tokens.</summary>
    public ReadOnlySpan<int> Row(long n)
    {
        if (Books is null)
            return Stories.Window(n);
        var before = (long)Math.Floor(n * StoryShare);
        return (long)Math.Floor((n + 1) * StoryShare) > before ? Stories.Window(before) : Books.Window(n - before);
    }
}
