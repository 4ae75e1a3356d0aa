using Course.Kernel.Formatting;
using Course.Kernel.Scripting;

namespace Course.Kernel.Execution;

/// <summary>One execution of one cell.</summary>
internal sealed class CellRun(Session session, ICellOutput output, string name, CancellationToken cancel)
{
    public async Task<CellOutcome> ExecuteAsync(string code)
    {
        // A source of its own, cancelled elsewhere: aborting waits for native calls to return, and the caller must not.
        using var abort = new CancellationTokenSource();
        using var relay = cancel.Register(() => _ = abort.CancelAsync());
        CellContext.Current = new(output, abort.Token);
        try
        {
            await new CellThreads(abort.Token).RunAsync(() => RunAsync(code, abort.Token)).ConfigureAwait(false);
            return new CellOutcome.Succeeded();
        }
        catch (Exception) when (abort.IsCancellationRequested)
        {
            return new CellOutcome.Interrupted();
        }
        catch (CompilationFailedException e)
        {
            return CompileErrors.Report(e, output);
        }
        catch (Exception e)
        {
            return RuntimeErrors.Report(e);
        }
        finally
        {
            CellContext.Current = null;
        }
    }

    private async Task RunAsync(string code, CancellationToken stop)
    {
        var submission = session.Compile(code, name, stop);
        var value = await session.Start(submission);
        if (submission.HasValue)
            output.ExecuteResult(Formatter.Format(value));
    }
}
