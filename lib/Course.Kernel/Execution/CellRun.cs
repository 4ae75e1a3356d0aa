using Course.Kernel.Directives;
using Course.Kernel.Scripting;

namespace Course.Kernel.Execution;

/// <summary>One execution of one cell.</summary>
internal sealed class CellRun(Session session, ICellOutput output, string name, CancellationToken interrupt)
{
    private readonly CellThreads threads = new();

    public async Task<CellOutcome> ExecuteAsync(string code)
    {
        // A separate source: callbacks that a cell registers on its token must not run on the interrupting thread.
        // It is never disposed, because threads that outlive the cell may still use it.
        var stopping = new CancellationTokenSource();
        CellContext.Current = new(output, stopping.Token);
        session.Stops.Lower();
        try
        {
            CellOutcome outcome = new CellOutcome.Succeeded();
            await threads.RunAsync(async () => outcome = await RunProgramAsync(code), interrupt).ConfigureAwait(false);
            return outcome;
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            await StopAsync(stopping).ConfigureAwait(false);
            return new CellOutcome.Interrupted();
        }
        finally
        {
            CellContext.Current = null;
        }
    }

    /// <summary>
    /// Runs entirely on the cell's own threads: reading an exception's message runs code too, which may have to be stopped.
    /// </summary>
    private async Task<CellOutcome> RunProgramAsync(string code)
    {
        try
        {
            await new CellProgram(session, output, interrupt).RunAsync(code, name);
            return new CellOutcome.Succeeded();
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            throw;
        }
        catch (CompilationFailedException e)
        {
            return new CompileErrors(name).Report(e);
        }
        catch (DirectiveException e)
        {
            return new CellOutcome.Failed(CellOutcome.DirectiveError, e.Message, [e.Message]);
        }
        catch (Exception e)
        {
            return new RuntimeErrors(session.Sources).Report(e);
        }
    }

    private async Task StopAsync(CancellationTokenSource stopping)
    {
        session.Stops.Raise();
        _ = stopping.CancelAsync();
        if (!await threads.LeaveAsync(session.Options.InterruptTimeout).ConfigureAwait(false))
            output.Write(OutputStream.Error,
                "The cell is running code that cannot be stopped, such as a native call. It continues in " +
                "the background until that call returns. " +
                "Restart the kernel to end it now.\n");
    }
}
