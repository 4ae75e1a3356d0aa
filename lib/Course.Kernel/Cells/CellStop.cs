using System.ComponentModel;

namespace Course.Kernel.Cells;

/// <summary>Compiled cells call this to stop when they are interrupted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellStop
{
    public static void Throw() => throw new OperationCanceledException("The cell was interrupted.");
}
