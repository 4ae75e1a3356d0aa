namespace Course.Inference.Kernels;

/// <summary>
/// Loads, multiplies and adds a step of a panel, for one number format and vector width. To add a format, implement this interface and
/// the packing.
/// </summary>
/// <typeparam name="VX">A vector of weights or inputs.</typeparam>
/// <typeparam name="VS">A vector of a group's sums, one per row.</typeparam>
/// <typeparam name="VF">A vector of floats, one per row.</typeparam>
internal unsafe interface IPanelLanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
{
    /// <summary>Rows in a vector: a panel is one vector of 16, or two halves of 8.</summary>
    static abstract int Rows { get; }

    /// <summary>Bytes in a step of a panel: one or two cache lines.</summary>
    static abstract int StepBytes { get; }

    /// <summary>Parts in a step: each is multiplied by 32 bits of inputs, one Float32 or two of 16 bits.</summary>
    static abstract int Parts { get; }

    /// <summary>The most tokens whose sums fit in the registers, beside everything else that the loop needs.</summary>
    static abstract int MostTokens { get; }

    /// <summary>
    /// How many panels to multiply side by side for this number of tokens: two if one alone has too few independent sums to hide the
    /// latency of an addition.
    /// </summary>
    static abstract int PanelsFor(int tokens);

    /// <summary>Loads one part of a step's weights, for 8 rows or all 16.</summary>
    static abstract VX Weights(byte* step, int half, int part);

    /// <summary>Broadcasts the same 32 bits of inputs to every row.</summary>
    static abstract VX Inputs(int* from);

    /// <summary>The initial value of a group's sums.</summary>
    static abstract VS Start(int offset);

    static abstract VS MultiplyAdd(VX w, VX x, VS sums);

    /// <summary>Loads a group's scales, if the format has any.</summary>
    static abstract VF Scales(ushort* halves);

    /// <summary>total + sums · scales</summary>
    static abstract VF Close(VS sums, VF scales, VF total);
}
