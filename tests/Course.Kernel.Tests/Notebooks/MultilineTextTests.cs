using Course.Kernel.Notebooks;

namespace Course.Kernel.Tests.Notebooks;

public sealed class MultilineTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\nb", 2)]
    [InlineData("\n\na\r\n", 3)]
    public void Lines_keep_their_ends_and_join_to_the_same_text(string text, int lines)
    {
        var array = MultilineText.Write(text);

        Assert.Equal(lines, array.Count);
        Assert.Equal(text, MultilineText.Read(array));
    }
}
