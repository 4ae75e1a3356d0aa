using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>
/// Walks matrices of equally many rows together, a few rows at a time: enough to be quick, few enough to be small beside a
/// matrix and to fit a span.
/// </summary>
internal static class RowPieces
{
    private const long PieceElements = 1 << 20;

    /// <param name="act">Gets the same rows of each matrix, as views.</param>
    /// <param name="matrices">Each [rows, …], contiguous, in host memory.</param>
    public static void ForEach(Action<Tensor[]> act, params Tensor[] matrices)
    {
        var rows = matrices[0].shape[0];
        var step = Math.Max(1, PieceElements / matrices.Max(matrix => matrix.shape[^1]));
        for (long row = 0; row < rows; row += step)
        {
            using var scope = NewDisposeScope();
            act([.. matrices.Select(matrix => matrix.narrow(0, row, Math.Min(step, rows - row)))]);
        }
    }
}
