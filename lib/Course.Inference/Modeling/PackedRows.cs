namespace Course.Inference.Modeling;

/// <summary>How rows of T_r items each lie behind one another without gaps: B rows, Σ T_r items.</summary>
public sealed class PackedRows
{
    private readonly int[] starts; // [B + 1], the last one is Σ T_r

    /// <param name="lengths">[B]: T_r ≥ 0.</param>
    public PackedRows(ReadOnlySpan<int> lengths)
    {
        starts = new int[lengths.Length + 1];
        for (var row = 0; row < lengths.Length; row++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lengths[row], nameof(lengths));
            starts[row + 1] = checked(starts[row] + lengths[row]);
            Longest = Math.Max(Longest, lengths[row]);
        }
        InStep = Rows * (long)Longest == Count;
    }

    /// <summary>B.</summary>
    public int Rows => starts.Length - 1;

    /// <summary>Σ T_r.</summary>
    public int Count => starts[^1];

    /// <summary>The largest T_r; 0 where there are no rows.</summary>
    public int Longest { get; }

    /// <summary>Whether all rows are of one length.</summary>
    public bool InStep { get; }

    /// <summary>T_r.</summary>
    public int LengthOf(int row) => End(row) - Start(row);

    /// <summary>Where the row's first item lies.</summary>
    public int Start(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return starts[row];
    }

    /// <summary>Where the first item behind the row lies.</summary>
    public int End(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return starts[row + 1];
    }

    /// <summary>Where item <paramref name="position"/> of the row lies.</summary>
    public int At(int row, int position)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)LengthOf(row), nameof(position));
        return starts[row] + position;
    }

    /// <summary>Which row the item at <paramref name="index"/> belongs to, and its place there.</summary>
    public (int Row, int Position) Find(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var row = 0;
        while (starts[row + 1] <= index)
            row++;
        return (row, index - starts[row]);
    }

    /// <summary>B rows of one length.</summary>
    public static PackedRows Uniform(int rows, int length)
    {
        var lengths = new int[rows];
        Array.Fill(lengths, length);
        return new(lengths);
    }
}
