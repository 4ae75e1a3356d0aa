using System.Collections.Frozen;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Execution;

/// <summary>
/// An exception on a thread that a cell started, or in its async void method, has nobody to catch it and would end
/// the process. It is shown on the cell's stderr instead, and the session goes on.
/// </summary>
internal static class StrayExceptions
{
    private static readonly RuntimeErrors WithoutSources = new(FrozenDictionary<string, SourceText>.Empty);

    private static int installed;

    public static void Install()
    {
        if (Interlocked.Exchange(ref installed, 1) == 0)
            ExceptionHandling.SetUnhandledExceptionHandler(Show);
    }

    private static bool Show(Exception e)
    {
        if (CellContext.Current is not { } cell)
            return false;
        if (!cell.Cancel.IsCancellationRequested)
        {
            var told = string.Join('\n', WithoutSources.Report(e).Traceback);
            cell.Output.Write(OutputStream.Error, $"Unhandled on a thread of this cell: {told}\n");
        }
        return true;
    }
}
