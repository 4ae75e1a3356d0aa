namespace Course.Kernel.Execution;

/// <summary>The cell to which the current code belongs. It flows with awaits and to the tasks and threads that the cell starts.</summary>
internal sealed record CellContext(ICellOutput Output, CancellationToken Cancel)
{
    private static readonly AsyncLocal<CellContext?> Flowing = new();

    public static CellContext? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }
}
