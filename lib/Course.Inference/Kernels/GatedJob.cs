namespace Course.Inference.Kernels;

/// <summary>
/// The first half of SwiGLU in one job: silu(gate·x) · up·x for M tokens. Both matrices are cut into the same chunks, so the thread that
/// computes a chunk of one also has the matching chunk of the other.
/// </summary>
/// <param name="x">The tokens, [M, D].</param>
/// <param name="gate">D → hidden.</param>
/// <param name="up">D → hidden, in the same format as <paramref name="gate"/>.</param>
/// <param name="y">[M, hidden]: its floats are the result.</param>
/// <param name="scratch">[M, y.Stride]: receives up·x.</param>
internal sealed unsafe class GatedJob(
    TokenInputs x, KernelMatrix gate, KernelMatrix up, TokenInputs y, AlignedBuffer<float> scratch) : KernelJob
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
        up.Multiply(from, end, x, tokens, scratch.Pointer + from, y.Stride);
        for (var m = 0L; m < tokens; m++)
            RowMath.Gate(y.Floats + (m * y.Stride) + from, scratch.Pointer + (m * y.Stride) + from, end - from);
    }
}
