using System.Collections.Frozen;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Execution;

/// <summary>
/// Handles exceptions on threads that a cell started and in its async void methods. Nothing catches them, so they would end the process.
/// They are shown on the cell's stderr instead, and the session continues.
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
            var report = string.Join('\n', WithoutSources.Report(e).Traceback);
            cell.Output.Write(OutputStream.Error, $"Unhandled on a thread of this cell: {report}\n");
        }
        return true;
    }
}
