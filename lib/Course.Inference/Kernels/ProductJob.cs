namespace Course.Inference.Kernels;

/// <summary>
/// One or several matrices with the same number of inputs, times the same M tokens: y[m] is the concatenation of their outputs.
/// </summary>
internal sealed unsafe class ProductJob(TokenInputs x, params KernelMatrix[] matrices) : KernelJob
{
    private readonly int chunks = matrices.Sum(matrix => matrix.Chunks);
    private int tokens;
    private float* y, residual;
    private long yStride;

    /// <param name="threads">The threads that run the job.</param>
    /// <param name="count">M.</param>
    /// <param name="to">y of token 0.</param>
    /// <param name="stride">Elements of y from one token to the next.</param>
    /// <param name="addTo">An array with the layout of y, to which y is added; null for none.</param>
    public void Run(KernelThreads threads, int count, float* to, long stride, float* addTo = null)
    {
        tokens = count;
        y = to;
        yStride = stride;
        residual = addTo;
        matrices[0].Prepare(x, count);
        threads.Run(this, chunks);
    }

    public override void Run(int chunk, int thread)
    {
        var before = 0L;
        foreach (var matrix in matrices)
        {
            if (chunk < matrix.Chunks)
            {
                Multiply(matrix, chunk * matrix.ChunkRows, Math.Min(matrix.Outputs, (chunk + 1) * matrix.ChunkRows), before);
                return;
            }

            chunk -= matrix.Chunks;
            before += matrix.Outputs;
        }
    }

    private void Multiply(KernelMatrix matrix, int from, int end, long before)
    {
        var at = before + from;
        matrix.Multiply(from, end, x, tokens, y + at, yStride);
        for (var m = 0; residual != null && m < tokens; m++)
            RowMath.Add(y + at + (m * yStride), residual + at + (m * yStride), end - from);
    }
}
