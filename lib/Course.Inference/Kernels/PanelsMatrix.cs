namespace Course.Inference.Kernels;

/// <summary>Weights in panels, in their own memory. A format adds the packing of a row and the lanes that read it.</summary>
internal abstract unsafe class PanelsMatrix : KernelMatrix
{
    private readonly int stepInputs, stepBytes;

    /// <param name="memory">Receives the panels; it must outlive the matrix.</param>
    /// <param name="outputs">out.</param>
    /// <param name="inputs">in.</param>
    /// <param name="stepInputs">Inputs in a step.</param>
    /// <param name="stepBytes">Bytes in a step of a panel.</param>
    protected PanelsMatrix(WeightMemory memory, int outputs, int inputs, int stepInputs, int stepBytes) : base(outputs, inputs)
    {
        (this.stepInputs, this.stepBytes) = (stepInputs, stepBytes);
        Steps = memory.Take<byte>(PanelCount * PanelBytes);
        // The padding of the last panel, and of a last step, is zero.
        new Span<byte>(Steps + ((PanelCount - 1) * PanelBytes), checked((int)PanelBytes)).Clear();
        if (inputs % stepInputs != 0)
            for (var panel = 1L; panel <= PanelCount; panel++)
                new Span<byte>(Steps + (panel * PanelBytes) - stepBytes, stepBytes).Clear();
    }

    public override long Bytes => PanelCount * PanelBytes;

    /// <summary>[panels, steps, bytes of a step]</summary>
    protected byte* Steps { get; }

    protected long StepCount => (Inputs + stepInputs - 1) / stepInputs;

    protected long PanelCount => Panels.Count(Outputs);

    private long PanelBytes => StepCount * stepBytes;

    /// <summary>The panel that a row belongs to.</summary>
    protected byte* PanelOf(int row) => Steps + (row / Panels.Rows * PanelBytes);
}
