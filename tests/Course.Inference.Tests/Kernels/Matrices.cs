using Course.Inference.Kernels;

namespace Course.Inference.Tests.Kernels;

/// <summary>Random matrices in every format, both in the kernels' form and as plain numbers.</summary>
internal sealed unsafe class Matrices : IDisposable
{
    private readonly List<IDisposable> owned = [];
    private readonly Random random;

    public Matrices(int seed) => random = new(seed);

    /// <param name="format">float, int8, int4/32 or int4/64.</param>
    /// <param name="outputs">The number of rows.</param>
    /// <param name="inputs">The number of columns.</param>
    /// <param name="values">[out, in]: the dequantised weights.</param>
    public KernelMatrix Make(string format, int outputs, int inputs, out double[][] values) => format switch
    {
        "float" => Floats(outputs, inputs, out values),
        "int8" => Int8(outputs, inputs, out values),
        "int4/32" => Int4(outputs, inputs, 32, out values),
        "int4/64" => Int4(outputs, inputs, 64, out values),
        _ => throw new ArgumentException(format),
    };

    public TokenInputs Inputs(int tokens, int width)
    {
        var inputs = Keep(new TokenInputs(tokens, width));
        for (var i = 0; i < tokens * inputs.Stride; i++)
            inputs.Floats[i] = Normal();
        return inputs;
    }

    public void Dispose() => owned.ForEach(part => part.Dispose());

    private float Normal() => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));

    private FloatPanelsMatrix Floats(int outputs, int inputs, out double[][] values)
    {
        var w = Keep(new AlignedBuffer<float>((long)outputs * inputs)).Pointer;
        values = Rows(outputs, inputs, (r, i) => w[(r * inputs) + i] = Normal());
        return new(Keep(new WeightMemory()), w, outputs, inputs);
    }

    private Int8PanelsMatrix Int8(int outputs, int inputs, out double[][] values)
    {
        var w = Keep(new AlignedBuffer<sbyte>((long)outputs * inputs)).Pointer;
        var scales = Keep(new AlignedBuffer<float>(outputs)).Pointer;
        for (var r = 0; r < outputs; r++)
            scales[r] = 0.01f * random.NextSingle();
        values = Rows(outputs, inputs, (r, i) => (w[(r * inputs) + i] = (sbyte)random.Next(-127, 128)) * (double)scales[r]);
        return new(Keep(new WeightMemory()), w, scales, outputs, inputs);
    }

    private Int4PanelsMatrix Int4(int outputs, int inputs, int group, out double[][] values)
    {
        var nibbles = new byte[outputs * inputs / 2];
        random.NextBytes(nibbles);
        var scales = new Half[outputs * inputs / group];
        for (var i = 0; i < scales.Length; i++)
            scales[i] = (Half)(0.1 * Normal()); // of either sign, as Q4_0 has them
        scales[0] = Half.Epsilon; // and subnormal
        values = Rows(outputs, inputs, (r, i) => (Nibble(nibbles, (r * inputs) + i) - 8) * (double)scales[((r * inputs) + i) / group]);
        fixed (byte* n = nibbles)
        fixed (Half* s = scales)
            return new(Keep(new WeightMemory()), n, (ushort*)s, outputs, inputs, group);
    }

    // Byte j of a block of 32 has input j in its low half and input j + 16 in its high half.
    private static int Nibble(byte[] bytes, int index)
    {
        int block = index / 32, within = index % 32;
        return within < 16 ? bytes[(16 * block) + within] & 15 : bytes[(16 * block) + within - 16] >> 4;
    }

    private static double[][] Rows(int outputs, int inputs, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, outputs).Select(r => Enumerable.Range(0, inputs).Select(i => value(r, i)).ToArray())];

    private T Keep<T>(T part) where T : IDisposable
    {
        owned.Add(part);
        return part;
    }
}
