using Course.Kernel.Execution;

namespace Course.Kernel.Tests.Execution;

public sealed class InterruptTests : IAsyncDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("while (true) {}")]
    [InlineData("while (true) { try { while (true) {} } catch (Exception) {} }")]
    [InlineData(
        "var text = new System.Text.StringBuilder(); while (true) { text.Append(1.5.ToString()); if (text.Length > 999) text.Clear(); }")]
    [InlineData("while (true) { try { Console.Write(0); } catch (Exception) {} finally { Console.Write(1); } }")]
    [InlineData("Func<long, long> f = null; f = n => n < 2 ? n : f(n - 1) + f(n - 2); f(90);")]
    [InlineData("again: Console.Write(0); goto again;")]
    [InlineData("Enumerable.Repeat(1, int.MaxValue).Select(x => x + 1).Where(x => x < 0).Count();")]
    [InlineData("while (true) { try { continue; } catch (Exception) {} }")]
    [InlineData("var n = 0; do { n++; switch (n % 3) { case 0: continue; case 1: goto case 0; } } while (true);")]
    [InlineData("foreach (var _ in Enumerable.Range(0, int.MaxValue)) foreach (var __ in Enumerable.Range(0, int.MaxValue)) {}")]
    [InlineData("System.Threading.Tasks.Parallel.For(0, 4, i => { while (true) {} });")]
    [InlineData("var t = new System.Threading.Thread(() => { while (true) {} }); t.Start(); t.Join();")]
    [InlineData("IEnumerable<int> Endless() { while (true) yield return 1; } Endless().Count();")]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("await Task.Delay(-1);")]
    [InlineData("await Task.Yield(); while (true) {}")]
    [InlineData("await Task.Delay(1); while (true) {}")]
    [InlineData("Task.Delay(-1).Wait();")]
    [InlineData("Console.ReadLine();")]
    [InlineData("await GetInputAsync(\"name\");")]
    [InlineData("Interrupted.WaitHandle.WaitOne(); Interrupted.ThrowIfCancellationRequested();")]
    public async Task Stops_the_cell_and_keeps_the_session(string endless)
    {
        await notebook.Run("var before = 20;");
        Assert.IsType<CellOutcome.Interrupted>(await notebook.Interrupt("var during = 22; " + endless));
        Assert.Equal("42", await notebook.Text("before + during"));
    }

    [Fact]
    public async Task Works_again_and_again()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<CellOutcome.Interrupted>(await notebook.Interrupt("while (true) Console.Write(\".\");"));
            Assert.Equal($"{i}", await notebook.Text($"{i}"));
        }
    }

    [Fact]
    public async Task A_cell_that_waits_on_its_own_task_does_not_deadlock()
    {
        Assert.Equal("7", await notebook.Text("async Task<int> Slow() { await Task.Delay(5); return 7; }\nSlow().Result"));
    }

    /// <summary>.NET cannot stop a native call, but the user gets the session back.</summary>
    [Fact]
    public async Task Abandons_a_native_call_with_a_message()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await notebook.Run(
            "static class Native { [System.Runtime.InteropServices.DllImport(\"libc\")] public static extern uint sleep(uint seconds); }");
        Assert.IsType<CellOutcome.Interrupted>(await notebook.Interrupt("Native.sleep(20);"));
        Assert.Contains("cannot be stopped", notebook.Output.Error, StringComparison.Ordinal);
        Assert.Equal("1", await notebook.Text("1"));
    }

    [Fact]
    public async Task Reaches_functions_of_earlier_cells()
    {
        await notebook.Run("void Spin() { while (true) {} }");
        Assert.IsType<CellOutcome.Interrupted>(await notebook.Interrupt("Spin();"));
    }

    [Fact]
    public async Task A_cancellation_by_the_cell_itself_is_a_failure_and_not_an_interrupt()
    {
        var failure = await notebook.Failure(
            "var stop = new System.Threading.CancellationTokenSource(10); await Task.Delay(-1, stop.Token);");
        Assert.EndsWith("TaskCanceledException", failure.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_recursion_is_an_exception_and_the_session_goes_on()
    {
        var failure = await notebook.Failure("int Down(int n) => Down(n + 1) + 1;\nDown(0)");
        Assert.EndsWith("InsufficientExecutionStackException", failure.Name, StringComparison.Ordinal);
        Assert.Equal("1", await notebook.Text("1"));
    }

    [Fact]
    public async Task An_exception_on_a_thread_of_the_cell_is_shown_and_the_session_goes_on()
    {
        await notebook.Run("var t = new System.Threading.Thread(() => throw new Exception(\"stray\")); t.Start(); t.Join();");
        Assert.Contains("stray", notebook.Output.Error, StringComparison.Ordinal);
        Assert.Equal("1", await notebook.Text("1"));
    }

    public ValueTask DisposeAsync() => notebook.DisposeAsync();
}
