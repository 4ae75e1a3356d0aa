using System.ComponentModel;

namespace Course.Kernel.Cells;

/// <summary>What compiled cells call when they are to stop.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStop
{
    public static void Throw() => throw new OperationCanceledException("The cell was interrupted.");
}
