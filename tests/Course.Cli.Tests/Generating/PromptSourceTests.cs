using Course.Cli.Generating;

namespace Course.Cli.Tests.Generating;

public sealed class PromptSourceTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Without_any_the_prompt_is_empty() => Assert.Equal("", PromptSource.Read(null, null));

    [Theory]
    [InlineData("Once\n", "Once")]
    [InlineData("Once\r\n", "Once")]
    [InlineData("Once\n\n", "Once\n")]
    [InlineData(" Once ", " Once ")]
    [InlineData("\n", "")]
    public void A_files_last_line_end_is_not_the_prompts(string content, string prompt)
    {
        File.WriteAllText(file, content);
        Assert.Equal(prompt, PromptSource.Read(null, file));
    }

    [Fact]
    public void Two_prompts_are_refused() =>
        Assert.Contains(
            "one of them", Assert.Throws<CourseException>(() => PromptSource.Read("a", file)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_wherever_they_come_from()
    {
        File.WriteAllBytes(file, [(byte)'a', 0xC3, (byte)'(']);
        var error = Assert.Throws<CourseException>(() => PromptSource.Read(null, file));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("byte 1", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "UTF-8", Assert.Throws<CourseException>(() => PromptSource.Read("a\uFFFD", null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_no_file() =>
        Assert.Contains(
            "this is a folder", Assert.Throws<CourseException>(() => PromptSource.Read(null, Path.GetTempPath())).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains(
            "/no/such/file", Assert.Throws<CourseException>(() => PromptSource.Read(null, "/no/such/file")).Message,
            StringComparison.Ordinal);
}
