using Course.Kernel.Tests.Execution;

namespace Course.Kernel.Tests.Language;

public sealed class LanguageServicesTests : IAsyncDisposable
{
    private readonly Notebook notebook = new();

    [Fact]
    public async Task Completion_knows_members_and_declarations_of_earlier_cells()
    {
        await notebook.Run("var sentence = \"words\";");
        await notebook.Run("int Twice(int n) => 2 * n;");
        Assert.Contains("ToUpperInvariant", await Complete("sentence.ToUp"));
        Assert.Contains("Twice", await Complete("Twi"));
        Assert.Equal(["WriteLine"], await Complete("Console.WriteL"));
    }

    [Fact]
    public async Task Completion_replaces_the_typed_prefix()
    {
        var completions = await notebook.Engine.Language.CompleteAsync("var x = Console.WriteL; x", 22, default);
        Assert.Equal((16, 22), (completions.Start, completions.End));
    }

    [Theory]
    [InlineData("")]
    [InlineData("var y = 1;\n")]
    [InlineData("Math.Max(")]
    public async Task With_many_matches_own_names_come_first_and_the_list_is_limited(string typed)
    {
        await notebook.Run("var zebra = 1; int Zoom(int n) => n; record Zone(int A);");
        var found = (await Complete(typed)).ToList();
        Assert.Equal(
            ["zebra", "Zone", "Zoom"],
            found.Take(4).Order(StringComparer.OrdinalIgnoreCase).Where(n => n.StartsWith('z') || n.StartsWith('Z')));
        Assert.InRange(found.Count, 4, 200);
    }

    [Theory]
    [InlineData("row with { Al")]
    [InlineData("var n = 1;\nrow with { Al")]
    [InlineData("var other = row with { Al")]
    public async Task Members_are_completed_in_a_with_expression(string typed)
    {
        await notebook.Run("record Row(string Alpha, int Beta); var row = new Row(\"a\", 1);");
        var completions = await notebook.Engine.Language.CompleteAsync(typed, typed.Length, default);
        Assert.Equal(["Alpha"], completions.Items.Select(i => i.Text));
        Assert.Equal((typed.Length - 2, typed.Length), (completions.Start, completions.End));
    }

    [Theory]
    [InlineData("#", "#r")]
    [InlineData("#!", "#!time")]
    [InlineData("var x = 1;\n#!he", "#!help")]
    [InlineData("#r \"nu", "nuget:")]
    [InlineData("#r \"nuget: XPlot.Pl", "XPlot.Plotly")]
    [InlineData("#load \"completed-", "completed-by-the-test.csx")]
    public async Task Directives_are_completed(string typed, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(Path.GetTempPath(), "completed-by-the-test.csx"), "");
        Assert.Contains(expected, await Complete(typed));
    }

    [Fact]
    public async Task Code_that_nests_too_deeply_completes_nothing_and_ends_nothing()
    {
        var deep = new string('(', 10_000);
        Assert.Empty(await Complete(deep));
        Assert.Null(await notebook.Engine.Language.InspectAsync(deep, 5, default));
    }

    [Fact]
    public async Task A_cell_that_failed_to_compile_is_not_seen()
    {
        await notebook.Failure("var ghost = 1; oops");
        Assert.DoesNotContain("ghost", await Complete("gho"));
    }

    [Theory]
    [InlineData("Math.Max", 8)]
    [InlineData("Math.Max(1, 2)", 12)]
    [InlineData("Math.Max(1, 2)", 6)]
    public async Task Inspection_gives_signature_and_documentation(string code, int position)
    {
        var about = await notebook.Engine.Language.InspectAsync(code, position, default);
        Assert.Contains("Math.Max(", about!.Text, StringComparison.Ordinal);
        Assert.Contains("Returns the larger of two", about.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspection_reads_the_xml_beside_an_assembly()
    {
        await notebook.Run($"#r \"{typeof(Course.Core.CourseException).Assembly.Location}\"");
        var about = await notebook.Engine.Language.InspectAsync("Course.Core.CourseException", 27, default);
        Assert.Contains("error", about!.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_is_found_where_there_is_nothing() =>
        Assert.Null(await notebook.Engine.Language.InspectAsync("   ", 1, default));

    public ValueTask DisposeAsync() => notebook.DisposeAsync();

    private async Task<IEnumerable<string>> Complete(string code) =>
        (await notebook.Engine.Language.CompleteAsync(code, code.Length, default)).Items.Select(i => i.Text);
}
