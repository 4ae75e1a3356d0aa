using Course.Cli.Verbs;

namespace Course.Cli.Tests.Verbs;

public class LabVerbTests
{
    /// <summary>Jupyter uses the first kernel with a name, so the course's folder must come before a user's own.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/a/readers/own")]
    public void The_courses_kernel_comes_first_on_jupyters_path(string? others) =>
        Assert.Equal(
            string.IsNullOrEmpty(others) ? ["out/jupyter"] : ["out/jupyter", others],
            LabVerb.WithOurs("out/jupyter", others).Split(Path.PathSeparator));
}
