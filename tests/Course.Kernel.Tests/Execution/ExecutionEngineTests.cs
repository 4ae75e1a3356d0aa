using Course.Kernel.Execution;

namespace Course.Kernel.Tests.Execution;

public sealed class ExecutionEngineTests : IAsyncDisposable
{
    private readonly Notebook notebook = new();

    [Fact]
    public async Task Later_cells_see_variables_functions_types_and_usings_of_earlier_ones()
    {
        await notebook.Run("using System.Globalization;");
        await notebook.Run("record Point(int X, int Y);\nint Twice(int n) => 2 * n;\nvar p = new Point(20, 1);");
        Assert.Equal("42", await notebook.Text("Twice(p.X) + 2 * p.Y"));
        Assert.Equal("True", await notebook.Text("CultureInfo.InvariantCulture is not null"));
    }

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("var x = 5; x", "5")]
    [InlineData("await Task.FromResult(3)", "3")]
    [InlineData("(string)null", "<null>")]
    [InlineData("return 7;", "7")]
    [InlineData("\"text\"", "text")]
    [InlineData("string? s = \"nullable\"; s", "nullable")]
    public async Task A_trailing_expression_is_the_result(string code, string expected) =>
        Assert.Equal(expected, await notebook.Text(code));

    [Theory]
    [InlineData("Math.Max(1, 2);")]
    [InlineData("var x = 5;")]
    [InlineData("Console.WriteLine(1)")]
    [InlineData("await Task.Delay(1)")]
    [InlineData("")]
    [InlineData("// nothing")]
    public async Task Statements_have_no_result(string code)
    {
        Assert.IsType<CellOutcome.Succeeded>(await notebook.Run(code));
        Assert.Null(notebook.Output.Result);
    }

    [Fact]
    public async Task A_cell_that_throws_keeps_what_it_had_assigned()
    {
        await notebook.Failure("var kept = 42; throw new Exception();");
        Assert.Equal("42", await notebook.Text("kept"));
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_changes_nothing()
    {
        await notebook.Run("var n = 1;");
        await notebook.Failure("var n = 2; oops");
        Assert.Equal("1", await notebook.Text("n"));
    }

    [Fact]
    public async Task Output_comes_while_the_cell_runs_and_from_its_threads_too()
    {
        await notebook.Run("""
            Console.Write("a");
            await Task.Run(() => Console.Write("b"));
            var t = new System.Threading.Thread(() => Console.Write("c")); t.Start(); t.Join();
            Console.Error.Write("e");
            """);
        Assert.Equal("abc", notebook.Output.Out);
        Assert.Equal("e", notebook.Output.Error);
    }

    [Fact]
    public async Task Output_of_a_remaining_thread_goes_to_the_cell_that_started_it()
    {
        await notebook.Run(
            "var gate = new System.Threading.SemaphoreSlim(0); var late = Task.Run(() => { gate.Wait(); Console.Write(\"late\"); });");
        var first = notebook.Output;
        await notebook.Run("gate.Release(); await late;");
        Assert.Equal("late", first.Out);
        Assert.Equal("", notebook.Output.Out);
    }

    [Fact]
    public async Task Display_shows_and_its_handle_updates()
    {
        await notebook.Run("var shown = display(1); 2.Display(); shown.Update(\"one\");");
        Assert.Equal(["1", "2"], notebook.Output.Displays.Select(d => d.Content.Text));
        var update = Assert.Single(notebook.Output.Updates);
        Assert.Equal(("one", notebook.Output.Displays[0].Id), (update.Content.Text, update.Id));
    }

    [Fact]
    public async Task Html_is_shown_as_such()
    {
        var bundle = await notebook.Value("HTML(\"<b>hi</b>\")");
        Assert.Equal("<b>hi</b>", bundle.Data["text/html"].GetString());
        Assert.Equal("hi", bundle.Text);
    }

    [Theory]
    [InlineData("display(1)")]
    [InlineData("1.Display()")]
    [InlineData("var shown = display(1); shown")]
    public async Task The_value_of_display_is_not_a_result(string code)
    {
        await notebook.Run(code);
        Assert.Single(notebook.Output.Displays);
        Assert.Null(notebook.Output.Result);
    }

    [Theory]
    [InlineData("Console.SetOut(new System.IO.StringWriter());", "Console.Out")]
    [InlineData("Console.SetOut(System.IO.TextWriter.Null); Console.SetError(System.IO.TextWriter.Null);", "Console.Out and Console.Error")]
    [InlineData("Console.SetOut(System.IO.TextWriter.Null); throw new Exception();", "Console.Out")]
    public async Task A_console_that_a_cell_replaced_is_restored_with_a_message(string code, string what)
    {
        await notebook.Run(code);
        Assert.Contains($"replaced {what}. ", notebook.Output.Error, StringComparison.Ordinal);
        await notebook.Run("Console.Write(\"here\"); Console.Error.Write(\"there\");");
        Assert.Equal(("here", "there"), (notebook.Output.Out, notebook.Output.Error));
    }

    [Theory]
    [InlineData("await GetInputAsync(\"name?\")")]
    [InlineData("await Kernel.GetInputAsync(\"name?\")")]
    [InlineData("await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"name?\")")]
    public async Task Input_is_asked_for(string code)
    {
        var run = notebook.Run($"Console.Write(\"started\"); var answer = {code};");
        notebook.Output.Answers.Enqueue("Ada");
        Assert.IsType<CellOutcome.Succeeded>(await run);
        Assert.Equal(["name?"], notebook.Output.Prompts);
        Assert.Equal("Ada", await notebook.Text("answer"));
    }

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
