namespace Course.Kernel.Execution;

/// <summary>The cell that the current flow of control belongs to: it follows awaits, tasks and threads that the cell starts.</summary>
internal sealed record CellContext(ICellOutput Output, CancellationToken Cancel)
{
    private static readonly AsyncLocal<CellContext?> Flowing = new();

    public static CellContext? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
