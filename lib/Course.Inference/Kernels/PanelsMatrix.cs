namespace Course.Inference.Kernels;

/// <summary>Weights in panels, in memory of their own. What a format adds is how a row is packed and which lanes read it.</summary>
internal abstract unsafe class PanelsMatrix : KernelMatrix
{
    private readonly int stepInputs, stepBytes;

    /// <param name="memory">Where the panels go; it must outlive the matrix.</param>
    /// <param name="outputs">out.</param>
    /// <param name="inputs">in.</param>
    /// <param name="stepInputs">Inputs in a step.</param>
    /// <param name="stepBytes">Of a panel.</param>
    protected PanelsMatrix(WeightMemory memory, int outputs, int inputs, int stepInputs, int stepBytes) : base(outputs, inputs)
    {
        (this.stepInputs, this.stepBytes) = (stepInputs, stepBytes);
        Steps = memory.Take<byte>(PanelCount * PanelBytes);
        // What fills up the last panel, and a last step, is zero.
        new Span<byte>(Steps + ((PanelCount - 1) * PanelBytes), checked((int)PanelBytes)).Clear();
        if (inputs % stepInputs != 0)
            for (var panel = 1L; panel <= PanelCount; panel++)
                new Span<byte>(Steps + (panel * PanelBytes) - stepBytes, stepBytes).Clear();
    }

    public override long Bytes => PanelCount * PanelBytes;

    /// <summary>[panels, steps, a step]</summary>
    protected byte* Steps { get; }

    protected long StepCount => (Inputs + stepInputs - 1) / stepInputs;

    protected long PanelCount => Panels.Count(Outputs);

    private long PanelBytes => StepCount * stepBytes;

    /// <summary>The panel that a row belongs to.</summary>
    protected byte* PanelOf(int row) => Steps + (row / Panels.Rows * PanelBytes);
}
