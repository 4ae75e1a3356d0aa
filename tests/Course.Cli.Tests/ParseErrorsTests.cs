namespace Course.Cli.Tests;

public class ParseErrorsTests
{
    [Theory]
    [InlineData("course generate has no option --promt. Did you mean --prompt?", "generate", "--promt", "x")]
    [InlineData(
        "\"Once upon a time\" belongs to no option of course generate. Is it the prompt? Then: --prompt \"Once upon a time\"", "generate",
        "Once upon a time")]
    [InlineData("course bench has no command dekode. Did you mean decode?", "bench", "dekode", "--quick")]
    [InlineData("course train has no command sedling. Did you mean seedling?", "train", "sedling")]
    [InlineData("course has no command zzzzzz.", "zzzzzz")]
    [InlineData("course run has no option --quik. Did you mean --quick?", "run", "--quik")]
    [InlineData("course interview tick has no option --of. Did you mean --off?", "interview", "tick", "--of", "filter-3-cpu")]
    [InlineData("EXERCISE is missing.", "take-home", "hint")]
    [InlineData("--temperature hot: expected 0 (greedy) or a positive number.", "generate", "--temperature", "hot", "Once")]
    public void One_sentence_says_what_is_wrong(string message, params string[] arguments) =>
        Assert.Equal(message, Assert.Single(Of(arguments)));

    [Fact]
    public void After_two_dashes_everything_is_a_name() => Assert.Empty(Of("interview", "note", "--", "--fast", "he", "said"));

    private static IReadOnlyList<string> Of(params string[] arguments) =>
        ParseErrors.Of(CourseCommand.Build().Parse(arguments, CourseCommand.Parsing));
}
