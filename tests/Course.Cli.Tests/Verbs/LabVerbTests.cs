using Course.Cli.Verbs;

namespace Course.Cli.Tests.Verbs;

public class LabVerbTests
{
    /// <summary>Jupyter takes the first kernel of a name, so the course's folder comes before a reader's own.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/a/readers/own")]
    public void The_courses_kernel_comes_first_on_jupyters_path(string? others) =>
        Assert.Equal(
            string.IsNullOrEmpty(others) ? ["out/jupyter"] : ["out/jupyter", others],
            LabVerb.WithOurs("out/jupyter", others).Split(Path.PathSeparator));
}
