namespace Course.Inference.Kernels;

/// <summary>
/// Int4 weights in the order in which the kernel reads them: panels of 16 output rows, so that a vector lane is a row and every load is the next one.
/// A step of a panel is 8 inputs in 64 bytes: row r's 32 bits hold input 2k + e in bits 16e + 4k to 16e + 4k + 3, so that a shift and a mask yield
/// 16-bit numbers, two inputs of each row, without widening. Scales lie [panel, group, 16]. Rows that fill the last panel up are zeros with scale zero.
/// </summary>
internal static unsafe class Int4Panels
{
    /// <summary>Rows in a panel.</summary>
    public const int Rows = 16;

    /// <summary>Inputs in a step.</summary>
    public const int StepInputs = 8;

    public const int StepBytes = Rows * StepInputs / 2;

    public static int Count(int outputs) => (outputs + Rows - 1) / Rows;

    /// <summary>Reorders the nibbles of one row: blocks of 32 inputs whose byte j holds input j low and input j + 16 high (GGUF's Q4_0).</summary>
    /// <param name="row">[in / 2] bytes.</param>
    /// <param name="lane">The row's 32 bits in the panel's first step.</param>
    public static void Pack(ReadOnlySpan<byte> row, uint* lane)
    {
        for (var input = 0; input < 2 * row.Length; input += StepInputs)
        {
            var packed = 0u;
            for (var i = 0; i < StepInputs; i++)
                packed |= Nibble(row, input + i) << ((16 * (i % 2)) + (4 * (i / 2)));
            lane[(long)input / StepInputs * Rows] = packed;
        }
    }

    private static uint Nibble(ReadOnlySpan<byte> row, int input)
    {
        var inBlock = input % 32;
        return (uint)(row[(input / 32 * 16) + (inBlock % 16)] >> (inBlock < 16 ? 0 : 4)) & 15;
    }
}
