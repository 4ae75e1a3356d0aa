using System.Diagnostics;

namespace Course.Cli.Tests;

/// <summary>The command as a reader meets it: a process with an exit code and two streams.</summary>
public class CourseCommandTests
{
    [Fact]
    public void Without_a_verb_it_lists_the_verbs_and_fails()
    {
        var result = Run();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("doctor", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_can_be_acted_on_is_one_line_without_a_stack_trace()
    {
        var result = Run("generate", "--model", "/nowhere/model", "--prompt", "Once");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("/nowhere/model", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_shows_where_an_error_came_from() =>
        Assert.Contains("   at ", Run("generate", "--verbose", "--model", "/nowhere/model", "--prompt", "Once").Error, StringComparison.Ordinal);

    [Fact]
    public void Outside_the_repository_it_still_finds_its_own() =>
        Assert.Contains("libtorch", RunIn(Path.GetTempPath(), "doctor").Output, StringComparison.Ordinal);

    private static Result Run(params string[] arguments) => RunIn(RepositoryRoot.Find(), arguments);

    private static Result RunIn(string workingDirectory, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "course.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "The command did not end within two minutes.");
        return new(process.ExitCode, output, error.Result);
    }

    private readonly record struct Result(int ExitCode, string Output, string Error);
}
