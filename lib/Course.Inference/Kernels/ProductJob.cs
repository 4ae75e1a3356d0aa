namespace Course.Inference.Kernels;

/// <summary>One or several matrices of as many inputs, times the same M tokens: y[m] is their outputs, one behind the other.</summary>
internal sealed unsafe class ProductJob(TokenInputs x, params KernelMatrix[] matrices) : KernelJob
{
    private readonly int chunks = matrices.Sum(matrix => matrix.Chunks);
    private int tokens;
    private float* y, residual;
    private long yStride;

    /// <param name="threads">Who does it.</param>
    /// <param name="count">M.</param>
    /// <param name="to">y of token 0.</param>
    /// <param name="stride">From one token to the next.</param>
    /// <param name="addTo">What y is added to, where it lies like y; null for nothing.</param>
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
