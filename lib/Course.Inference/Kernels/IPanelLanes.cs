namespace Course.Inference.Kernels;

/// <summary>
/// How a step of a panel is read, multiplied and added up, in one number format and vector width. A new format is one
/// of these and its packing.
/// </summary>
/// <typeparam name="VX">Weights or inputs.</typeparam>
/// <typeparam name="VS">A group's sums, one per row.</typeparam>
/// <typeparam name="VF">Floats, one per row.</typeparam>
internal unsafe interface IPanelLanes<VX, VS, VF>
    where VX : unmanaged
    where VS : unmanaged
    where VF : unmanaged
{
    /// <summary>Rows in a vector: a panel is one vector of 16, or two halves of 8.</summary>
    static abstract int Rows { get; }

    /// <summary>Of a panel: one or two cache lines.</summary>
    static abstract int StepBytes { get; }

    /// <summary>Parts in a step: each meets 32 bits of inputs, one Float32 or two of 16 bits.</summary>
    static abstract int Parts { get; }

    /// <summary>The most tokens whose sums, with what else it takes, the registers hold.</summary>
    static abstract int MostTokens { get; }

    /// <summary>Panels side by side for so many tokens: a second one where one alone would wait for its own last addition.</summary>
    static abstract int PanelsFor(int tokens);

    /// <summary>One part of a step's weights, of 8 rows or all 16.</summary>
    static abstract VX Weights(byte* step, int half, int part);

    /// <summary>The same 32 bits of inputs for every row.</summary>
    static abstract VX Inputs(int* from);

    /// <summary>What a group's sums begin with.</summary>
    static abstract VS Start(int offset);

    static abstract VS MultiplyAdd(VX w, VX x, VS sums);

    /// <summary>A group's scales, where the format has any.</summary>
    static abstract VF Scales(ushort* halves);

    /// <summary>total + sums · scales</summary>
    static abstract VF Close(VS sums, VF scales, VF total);
}
