namespace Course.Inference.Kernels;

/// <summary>
/// SwiGLU's first half in one go: silu(gate·x) · up·x for M tokens. Both matrices are cut alike, so whoever has a chunk of
/// one has that of the other.
/// </summary>
/// <param name="x">The tokens, [M, D].</param>
/// <param name="gate">D → hidden.</param>
/// <param name="up">D → hidden, in the format that gate has.</param>
/// <param name="y">[M, hidden]: its floats are the result.</param>
/// <param name="ups">[M, y.Stride], to work in.</param>
internal sealed unsafe class GatedJob(
    TokenInputs x, KernelMatrix gate, KernelMatrix up, TokenInputs y, AlignedBuffer<float> ups) : KernelJob
{
    private int tokens;

    public void Run(KernelThreads threads, int count)
    {
        tokens = count;
        gate.Prepare(x, count);
        threads.Run(this, gate.Chunks);
    }

    public override void Run(int chunk, int thread)
    {
        int from = chunk * gate.ChunkRows, end = Math.Min(gate.Outputs, from + gate.ChunkRows);
        gate.Multiply(from, end, x, tokens, y.Floats + from, y.Stride);
        up.Multiply(from, end, x, tokens, ups.Pointer + from, y.Stride);
        for (var m = 0L; m < tokens; m++)
            RowMath.Gate(y.Floats + (m * y.Stride) + from, ups.Pointer + (m * y.Stride) + from, end - from);
    }
}
