using System.Diagnostics;

namespace Course.Cli.Tests.Verbs;

/// <summary>`course clean --filter` as git calls it.</summary>
public class CleanVerbTests
{
    private static readonly string Lesson = Path.Combine(RepositoryRoot.Find(), "notebooks", "00-your-machine.ipynb");

    [Fact]
    public void The_filter_takes_counts_and_outputs_out_and_leaves_the_rest_to_the_byte()
    {
        var clean = File.ReadAllText(Lesson);
        var executed = clean.Replace("\"execution_count\": null", "\"execution_count\": 7", StringComparison.Ordinal)
            .Replace("\"outputs\": []", """
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "γ"}]
                """, StringComparison.Ordinal);

        Assert.Equal((0, clean), Filter(executed));
    }

    /// <summary>After a failure, git keeps the file unchanged.</summary>
    [Fact]
    public void What_is_no_notebook_fails_and_writes_nothing()
    {
        var (code, output) = Filter("{}");
        Assert.NotEqual(0, code);
        Assert.Empty(output);
    }

    private static (int Code, string Output) Filter(string notebook)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "course.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "clean", "--filter"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        _ = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(notebook);
        process.StandardInput.Close();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "The filter did not end within two minutes.");
        return (process.ExitCode, output.Result);
    }
}
