using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>
/// Walks through matrices with the same number of rows together, a few rows at a time: enough to be fast, but few enough to need little
/// memory and to fit a span.
/// </summary>
internal static class RowPieces
{
    private const long PieceElements = 1 << 20;

    /// <param name="act">Receives the same rows of each matrix, as views.</param>
    /// <param name="matrices">Matrices, each [rows, …], contiguous, in host memory.</param>
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
