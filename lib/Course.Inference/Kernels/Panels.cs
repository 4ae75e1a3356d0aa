namespace Course.Inference.Kernels;

/// <summary>
/// The memory layout in which kernels read weights: panels of 16 output rows, so that each vector lane is a row, loads are sequential, and
/// no sum across lanes is needed. A step of a panel is one or two cache lines: 2 Float32, 4 int8 or 8 int4 inputs of each of its rows.
/// The last panel is padded with rows of zeros.
/// </summary>
internal static class Panels
{
    /// <summary>Rows in a panel.</summary>
    public const int Rows = 16;

    public static int Count(int outputs) => (outputs + Rows - 1) / Rows;
}
