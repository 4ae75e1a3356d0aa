using Course.Benchmarks.Peers;

namespace Course.Benchmarks.Tests.Peers;

public class LlamaCppPeerTests
{
    [Fact]
    public void Medians_are_read_by_the_number_of_tokens()
    {
        var medians = LlamaCppPeer.Parse("""
            {"model":"x","m":1,"median_ms":2.5}
            {"model":"x","m":5,"median_ms":10.0}
            """);
        Assert.Equal(0.0025, medians[1], 1e-12);
        Assert.Equal(0.01, medians[5], 1e-12);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{\"m\":1}")]
    [InlineData("{\"m\":\"one\",\"median_ms\":2}")]
    public void What_is_not_understood_is_said(string printed) =>
        Assert.Contains("not understood", Assert.Throws<CourseException>(() => LlamaCppPeer.Parse(printed)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_peer_that_is_not_there_is_said() =>
        Assert.Contains("/nowhere/peer", Assert.Throws<CourseException>(() => LlamaCppPeer.Find("/nowhere/peer")).Message, StringComparison.Ordinal);
}
