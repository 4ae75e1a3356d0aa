using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class TextWindowsTests
{
    [Fact]
    public void Windows_follow_each_other_and_share_the_token_between() =>
        Assert.Equal([[0, 1, 2, 3], [3, 4, 5, 6], [6, 7, 8, 9]], TextWindows.Of([.. Enumerable.Range(0, 12)], 3));

    [Fact]
    public void Fewer_windows_are_spread_over_the_text() =>
        Assert.Equal([0, 15], TextWindows.Of([.. Enumerable.Range(0, 31)], 3, most: 2).Select(window => window[0]));

    [Fact]
    public void A_text_shorter_than_a_window_is_refused() =>
        Assert.Contains("3 tokens", Assert.Throws<CourseException>(() => TextWindows.Of([1, 2, 3], 3)).Message, StringComparison.Ordinal);
}
