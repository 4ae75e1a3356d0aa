namespace Course.Kernel.Execution;

/// <summary>An exception as the person who wrote the cell wants to read it.</summary>
internal static class RuntimeErrors
{
    public static CellOutcome Report(Exception e) => new CellOutcome.Failed(e.GetType().FullName!, e.Message, e.ToString().Split('\n'));
}
