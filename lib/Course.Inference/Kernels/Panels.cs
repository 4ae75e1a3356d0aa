namespace Course.Inference.Kernels;

/// <summary>
/// The order in which kernels read weights: panels of 16 output rows, so that a vector lane is a row, every load is the next one, and no
/// sum ever has to be taken across lanes. A step of a panel is a cache line or two: 2 Float32, 4 int8 or 8 int4 inputs of each of its rows.
/// Rows that fill the last panel up are zeros.
/// </summary>
internal static class Panels
{
    /// <summary>Rows in a panel.</summary>
    public const int Rows = 16;

    public static int Count(int outputs) => (outputs + Rows - 1) / Rows;
}
