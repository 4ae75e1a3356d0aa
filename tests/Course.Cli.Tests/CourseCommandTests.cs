namespace Course.Cli.Tests;

/// <summary>The command as users run it: a process with an exit code and two streams.</summary>
public class CourseCommandTests
{
    [Fact]
    public void Without_a_verb_it_lists_the_verbs_and_fails()
    {
        var result = CourseProcess.Run();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("doctor", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_can_be_acted_on_is_one_line_without_a_stack_trace()
    {
        var result = CourseProcess.Run("generate", "--model", "/nowhere/model", "--prompt", "Once");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("/nowhere/model", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_shows_where_an_error_came_from() =>
        Assert.Contains(
            "   at ", CourseProcess.Run("generate", "--verbose", "--model", "/nowhere/model", "--prompt", "Once").Error,
            StringComparison.Ordinal);

    [Fact]
    public void Outside_the_repository_it_still_finds_its_own_and_no_line_is_wrapped()
    {
        var output = CourseProcess.RunIn(Path.GetTempPath(), "doctor").Output;
        Assert.Contains("libtorch", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(ok|limited|broken|  )", line));
    }

    [Fact]
    public void A_command_line_that_is_not_understood_is_two_lines_the_last_of_which_names_the_help()
    {
        var result = CourseProcess.Run("genrate", "--prompt", "x");
        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Equal(
            ["error: course has no command genrate. Did you mean generate?", "`course --help` lists what there is."],
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [LinuxFact]
    public void A_full_disk_of_the_output_is_an_expected_error()
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "sh", ["-c", $"dotnet '{CourseProcess.Program}' mutants --card threshold > /dev/full"])
        {
            RedirectStandardError = true,
            WorkingDirectory = RepositoryRoot.Find(),
        })!;
        var error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal(1, shell.ExitCode);
        Assert.Contains("No space left on device", error, StringComparison.Ordinal);
        Assert.Contains("The disk is full: free some space, or write elsewhere", error, StringComparison.Ordinal);
        Assert.DoesNotContain("not expected", error, StringComparison.Ordinal);
    }
}
