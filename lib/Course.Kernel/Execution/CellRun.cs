using Course.Kernel.Directives;
using Course.Kernel.Scripting;

namespace Course.Kernel.Execution;

/// <summary>One execution of one cell.</summary>
internal sealed class CellRun(Session session, ICellOutput output, string name, CancellationToken interrupt)
{
    private readonly CellThreads threads = new();

    public async Task<CellOutcome> ExecuteAsync(string code)
    {
        // A source of its own: what a cell hooks onto its token must not run on the interrupting thread.
        // Never disposed, since threads that the cell leaves behind may still hold it.
        var told = new CancellationTokenSource();
        CellContext.Current = new(output, told.Token);
        session.Stops.Lower();
        try
        {
            CellOutcome outcome = new CellOutcome.Succeeded();
            await threads.RunAsync(async () => outcome = await CarryOutAsync(code), interrupt).ConfigureAwait(false);
            return outcome;
        }
        catch (Exception) when (interrupt.IsCancellationRequested)
        {
            await StopAsync(told).ConfigureAwait(false);
            return new CellOutcome.Interrupted();
        }
        finally
        {
            CellContext.Current = null;
        }
    }

    /// <summary>On the cell's own threads to the end: an exception's message is code as well, and may have to be stopped.</summary>
    private async Task<CellOutcome> CarryOutAsync(string code)
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

    private async Task StopAsync(CancellationTokenSource told)
    {
        session.Stops.Raise();
        _ = told.CancelAsync();
        if (!await threads.LeaveAsync(session.Options.InterruptPatience).ConfigureAwait(false))
            output.Write(OutputStream.Error,
                "The cell is inside code that cannot be stopped, such as a native call. It goes on in the background until that returns; " +
                "restart the kernel to end it now.\n");
    }
}
