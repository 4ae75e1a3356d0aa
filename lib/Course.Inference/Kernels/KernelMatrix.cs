namespace Course.Inference.Kernels;

/// <summary>A weight matrix, [out, in], in a form that kernels multiply with.</summary>
internal abstract unsafe class KernelMatrix(int outputs, int inputs)
{
    // A few microseconds of reading: long compared with the cost of taking a chunk, short compared with the wait for the last one.
    private const long ChunkBytes = 64 << 10;

    /// <summary>Every chunk begins at a multiple of this many rows: two panels, which some tiles multiply side by side.</summary>
    public const int RowUnit = 2 * Panels.Rows;

    public int Outputs { get; } = outputs;

    public int Inputs { get; } = inputs;

    /// <summary>Bytes that one forward pass reads of the matrix.</summary>
    public abstract long Bytes { get; }

    /// <summary>
    /// Rows in a chunk of work. It follows from the matrix alone: what is computed together must not depend on the threads.
    /// </summary>
    public int ChunkRows =>
        chunkRows > 0 ? chunkRows : chunkRows = (int)Math.Max(RowUnit, ChunkBytes * Outputs / Bytes / RowUnit * RowUnit);

    public int Chunks => (Outputs + ChunkRows - 1) / ChunkRows;

    private int chunkRows;

    /// <summary>Converts the floats of M tokens into the form that <see cref="Multiply"/> reads.</summary>
    public abstract void Prepare(TokenInputs x, int tokens);

    /// <summary>y[m · yStride + r − from] = Σ over i of W[r, i] · x[m, i], for rows from ≤ r &lt; to of M prepared tokens.</summary>
    /// <param name="from">A multiple of <see cref="RowUnit"/>.</param>
    /// <param name="to">A multiple of <see cref="RowUnit"/>, or the end.</param>
    /// <param name="x">The tokens.</param>
    /// <param name="tokens">M.</param>
    /// <param name="y">Row <paramref name="from"/> of token 0.</param>
    /// <param name="yStride">Elements from one token to the next.</param>
    public abstract void Multiply(int from, int to, TokenInputs x, int tokens, float* y, long yStride);
}
