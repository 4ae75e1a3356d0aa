using Course.Kernel.Execution;
using Course.Kernel.Tests.Execution;

namespace Course.Kernel.Tests.Directives;

public sealed class DirectiveTests : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-kernel-test").FullName;
    private readonly Notebook notebook;

    public DirectiveTests() => notebook = new(folder);

    [Fact]
    public async Task A_package_of_the_process_needs_no_restore() =>
        Assert.Equal(
            "XPlot.Plotly.PlotlyChart",
            await notebook.Text("#r \"nuget: XPlot.Plotly, 4.1.0\"\ntypeof(XPlot.Plotly.PlotlyChart).FullName"));

    /// <summary>The analyzers' package is in the cache after every build, but is not a package of this process.</summary>
    [Fact]
    public async Task A_package_that_the_process_lacks_is_restored()
    {
        Assert.IsType<CellOutcome.Succeeded>(await notebook.Run("#r \"nuget: Microsoft.CodeAnalysis.BannedApiAnalyzers, 5.6.0\""));
        Assert.Equal("Microsoft.CodeAnalysis.BannedApiAnalyzers 5.6.0\n", notebook.Output.Out);
    }

    [Fact]
    public async Task An_unknown_package_is_one_clear_error()
    {
        var failure = await notebook.Failure("#r \"nuget: No.Such.Package.Anywhere\"");
        Assert.Equal(CellOutcome.DirectiveError, failure.Name);
        Assert.Contains("No.Such.Package.Anywhere", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"nuget: a b\"")]
    [InlineData("#r \"nuget: ../../x, 1.0\"")]
    [InlineData("#r \"missing.dll\"")]
    [InlineData("#!import missing.cs")]
    [InlineData("#load \"missing.csx\"")]
    [InlineData("#!fsharp")]
    public async Task Invalid_directives_are_directive_errors(string code) =>
        Assert.Equal(CellOutcome.DirectiveError, (await notebook.Failure(code)).Name);

    [Fact]
    public async Task The_processs_own_copy_of_an_assembly_is_used()
    {
        var path = typeof(Course.Core.CourseException).Assembly.Location;
        Directory.CreateDirectory(Path.Combine(folder, "bin"));
        File.Copy(path, Path.Combine(folder, "bin", "Course.Core.dll"));
        await notebook.Run("#r \"bin/Course.Core.dll\"");
        Assert.Equal(path, await notebook.Text("typeof(Course.Core.CourseException).Assembly.Location"));
    }

    [Theory]
    [InlineData("#load \"lib.csx\"")]
    [InlineData("#!import lib.csx")]
    [InlineData("#!import \"lib.csx\"")]
    public async Task A_file_is_run_at_the_position_of_its_directive(string directive)
    {
        File.WriteAllText(Path.Combine(folder, "lib.csx"), "int FromFile() => start + 1;");
        Assert.Equal("42", await notebook.Text($"var start = 41;\n{directive}\nFromFile()"));
    }

    [Fact]
    public async Task An_imported_notebook_runs_its_code_cells()
    {
        File.WriteAllText(Path.Combine(folder, "lib.ipynb"), """
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": ".net-csharp", "display_name": "C#", "language": "C#"}}, "cells": [
              {"cell_type": "markdown", "id": "a", "metadata": {}, "source": ["words"]},
              {"cell_type": "code", "id": "b", "metadata": {}, "execution_count": null, "outputs": [], "source": ["var one = 1;\n", "one"]}]}
            """);
        await notebook.Run("#!import lib.ipynb");
        Assert.Null(notebook.Output.Result);
        Assert.Equal("1", await notebook.Text("one"));
    }

    [Fact]
    public async Task A_file_that_imports_itself_is_an_error()
    {
        File.WriteAllText(Path.Combine(folder, "loop.csx"), "#!import loop.csx");
        Assert.Contains("imports itself", (await notebook.Failure("#!import loop.csx")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_in_a_file_name_the_file()
    {
        File.WriteAllText(Path.Combine(folder, "bad.csx"), "\nthrow new Exception(\"inside\");");
        var failure = await notebook.Failure("#load \"bad.csx\"");
        Assert.Contains("bad.csx, line 2", failure.Traceback[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_is_shown_at_the_end()
    {
        Assert.Equal("1", await notebook.Text("#!time\n1"));
        Assert.StartsWith("Wall time: ", Assert.Single(notebook.Output.Displays).Content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_and_code_may_share_a_line()
    {
        Assert.Equal("2", await notebook.Text("#!time 1 + 1"));
        Assert.Single(notebook.Output.Displays);
    }

    [Fact]
    public async Task Code_after_a_reference_is_an_error()
    {
        var failure = await notebook.Failure("#r \"nuget: XPlot.Plotly, 4.1.0\" var lost = 1;");
        Assert.Equal(
            (CellOutcome.CompilationError, "(1,33): error CS1025: Single-line comment or end-of-line expected"),
            (failure.Name, failure.Message));
    }

    [Fact]
    public async Task Help_without_a_name_lists_directives_and_functions()
    {
        await notebook.Run("#!help");
        var text = Assert.Single(notebook.Output.Displays).Content.Text;
        Assert.All(["#r \"nuget: ", "#!time", "display(x)"], part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cell_of_another_language_is_named_as_such() =>
        Assert.Contains("C# only", (await notebook.Failure("#!fsharp\nlet x = 1")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Compile_errors_in_a_file_name_the_file()
    {
        File.WriteAllText(Path.Combine(folder, "bad.csx"), "\nvar x = missing;");
        Assert.Contains("bad.csx(2,9): error CS0103", (await notebook.Failure("#load \"bad.csx\"")).Traceback[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_may_be_named() => Assert.Equal("1", await notebook.Text("#!csharp\n1"));

    [Fact]
    public async Task Help_shows_documentation()
    {
        await notebook.Run("#!help Math.Max");
        Assert.Contains("Math.Max", Assert.Single(notebook.Output.Displays).Content.Text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await notebook.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
