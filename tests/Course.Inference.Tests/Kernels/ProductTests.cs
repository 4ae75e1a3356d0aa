using System.Runtime.Intrinsics;
using Course.Inference.Kernels;

namespace Course.Inference.Tests.Kernels;

public unsafe class ProductTests
{
    private const int MostTokens = 16;

    public static TheoryData<string, int, int> Shapes => new()
    {
        { "float", 1, 1 }, { "float", 3, 7 }, { "float", 37, 33 }, { "float", 70, 100 }, { "float", 64, 768 },
        { "int8", 1, 1 }, { "int8", 5, 15 }, { "int8", 37, 33 }, { "int8", 70, 100 }, { "int8", 64, 768 }, { "int8", 3, 11008 },
        { "int4/32", 1, 32 }, { "int4/32", 37, 96 }, { "int4/32", 64, 768 }, { "int4/64", 17, 64 }, { "int4/64", 37, 192 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Products_agree_with_double_precision(string format, int outputs, int inputs)
    {
        using var matrices = new Matrices(1);
        var matrix = matrices.Make(format, outputs, inputs, out var values);
        var x = matrices.Inputs(MostTokens, inputs);
        var y = Multiply(matrix, x, MostTokens, threads: 1);
        for (var m = 0; m < MostTokens; m++)
            for (var r = 0; r < outputs; r++)
            {
                var terms = values[r].Select((w, i) => w * x.Floats[(m * x.Stride) + i]).ToArray();
                var largest = Enumerable.Range(0, inputs).Max(i => MathF.Abs(x.Floats[(m * x.Stride) + i]));
                var tolerance = format == "float"
                    ? terms.Sum(Math.Abs) * inputs * Math.Pow(2, -24)
                    : values[r].Sum(Math.Abs) * largest * 2e-5;
                Assert.True(Math.Abs(terms.Sum() - y[(m * outputs) + r]) <= tolerance,
                    $"token {m}, row {r}: {terms.Sum()} and {y[(m * outputs) + r]}, tolerance {tolerance}");
            }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_tokens_bits_depend_neither_on_how_many_there_are_nor_on_threads(string format, int outputs, int inputs)
    {
        using var matrices = new Matrices(2);
        var matrix = matrices.Make(format, outputs, inputs, out _);
        var x = matrices.Inputs(MostTokens, inputs);
        var all = Multiply(matrix, x, MostTokens, threads: 1);
        for (var tokens = 1; tokens <= MostTokens; tokens++)
            Assert.Equal(all[..(tokens * outputs)], Multiply(matrix, x, tokens, threads: 1));
        foreach (var threads in (int[])[2, 3, 8])
            Assert.Equal(all, Multiply(matrix, x, MostTokens, threads));
    }

    [Theory]
    [InlineData("float", float.NaN)]
    [InlineData("int8", float.NaN)]
    [InlineData("int8", float.PositiveInfinity)]
    [InlineData("int4/32", float.NaN)]
    [InlineData("int4/32", float.NegativeInfinity)]
    public void A_value_that_is_not_finite_spoils_its_own_token_and_no_other(string format, float value)
    {
        using var matrices = new Matrices(3);
        var matrix = matrices.Make(format, 20, 64, out _);
        var x = matrices.Inputs(3, 64);
        var before = Multiply(matrix, x, 3, threads: 1);
        x.Floats[x.Stride + 40] = value;
        var after = Multiply(matrix, x, 3, threads: 1);
        Assert.Equal(before[..20], after[..20]);
        Assert.All(after[20..40], y => Assert.True(float.IsNaN(y)));
        Assert.Equal(before[40..], after[40..]);
    }

    [Theory]
    [InlineData("int8", 0f)]
    [InlineData("int8", 1e-40f)]
    [InlineData("int4/64", 0f)]
    public void A_token_without_bytes_yields_no_text(string format, float value)
    {
        using var matrices = new Matrices(4);
        var matrix = matrices.Make(format, 20, 64, out _);
        var x = matrices.Inputs(1, 64);
        new Span<float>(x.Floats, 64).Fill(value);
        Assert.All(Multiply(matrix, x, 1, threads: 1), y => Assert.Equal(0f, y));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(100_000)]
    public void The_largest_sums_stay_within_32_bits(int inputs)
    {
        using var matrices = new Matrices(5);
        using var w = new AlignedBuffer<sbyte>(inputs);
        using var scale = new AlignedBuffer<float>(1);
        new Span<sbyte>(w.Pointer, inputs).Fill(-127);
        *scale.Pointer = 1;
        using var memory = new WeightMemory();
        var matrix = new Int8PanelsMatrix(memory, w.Pointer, scale.Pointer, 1, inputs);
        var x = matrices.Inputs(1, inputs);
        new Span<float>(x.Floats, inputs).Fill(1);
        Assert.Equal(-127f * inputs, Multiply(matrix, x, 1, threads: 1)[0], 127f * inputs * 1e-6f);
    }

    /// <summary>
    /// Without 512-bit registers the runtime composes the wide vectors from narrower ones, so every machine can compare both widths.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(16)]
    public void Wider_vectors_give_the_same_bits(int tokens)
    {
        const int rows = 37, inputs = 640, panels = 3, steps = 80, most = 128;
        using var matrices = new Matrices(6);
        var x = matrices.Inputs(tokens, inputs);
        x.Round(tokens);
        x.SumGroups(tokens, 32);
        var random = new Random(7);
        using var bytes = new AlignedBuffer<byte>(panels * steps * most);
        random.NextBytes(new Span<byte>(bytes.Pointer, (int)bytes.Count));
        using var halves = new AlignedBuffer<ushort>(panels * inputs / 32 * Panels.Rows);
        for (var i = 0; i < halves.Count; i++)
            halves.Pointer[i] = BitConverter.HalfToUInt16Bits((Half)random.NextSingle());

        float[] narrow = new float[tokens * rows], wide = new float[tokens * rows];
        fixed (float* a = narrow, b = wide)
        {
            PanelWeights int4 = new(bytes.Pointer, halves.Pointer, steps, 4, Int4PanelLanes256.StepBytes);
            PanelWeights int8 = new(bytes.Pointer, null, steps, 50, Int8PanelLanes256.StepBytes);
            PanelWeights float32 = new(bytes.Pointer, null, steps, 50, FloatPanelLanes256.StepBytes);
            PanelProducts<Int4PanelLanes256, Vector256<short>, Vector256<int>, Vector256<float>>.Run(int4, rows, x.Pairs, tokens, a, rows);
            PanelProducts<Int4PanelLanes512, Vector512<short>, Vector512<int>, Vector512<float>>.Run(int4, rows, x.Pairs, tokens, b, rows);
            Assert.Equal(narrow, wide);
            PanelProducts<Int8PanelLanes256, Vector256<short>, Vector256<int>, Vector256<float>>.Run(int8, rows, x.Pairs, tokens, a, rows);
            PanelProducts<Int8PanelLanes512, Vector512<short>, Vector512<int>, Vector512<float>>.Run(int8, rows, x.Pairs, tokens, b, rows);
            Assert.Equal(narrow, wide);
            for (var i = 0; i < bytes.Count / sizeof(float); i++)
                ((float*)bytes.Pointer)[i] = random.NextSingle() - 0.5f;
            PanelInputs floats = new((int*)x.Floats, x.Stride, x.Offsets, x.OffsetStride);
            PanelProducts<FloatPanelLanes256, Vector256<float>, Vector256<float>, Vector256<float>>.Run(
                float32, rows, floats, tokens, a, rows);
            PanelProducts<FloatPanelLanes512, Vector512<float>, Vector512<float>, Vector512<float>>.Run(
                float32, rows, floats, tokens, b, rows);
            Assert.Equal(narrow, wide);
        }
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(37, 33)]
    [InlineData(12, 64)]
    public void Plain_rows_agree_with_double_precision_in_either_width(int rows, int inputs)
    {
        using var matrices = new Matrices(8);
        var (w, x) = (matrices.Inputs(rows, inputs), matrices.Inputs(MostTokens, inputs));
        using var packed = new AlignedBuffer<float>((long)rows * inputs);
        for (var r = 0; r < rows; r++)
            new Span<float>(w.Floats + (r * w.Stride), inputs).CopyTo(new(packed.Pointer + (r * inputs), inputs));
        float[] narrow = new float[MostTokens * rows], wide = new float[MostTokens * rows];
        fixed (float* a = narrow, b = wide)
        {
            FloatRows<FloatLanes256, Vector256<float>>.Multiply(packed.Pointer, rows, inputs, x.Floats, x.Stride, MostTokens, a, rows);
            FloatRows<FloatLanes512, Vector512<float>>.Multiply(packed.Pointer, rows, inputs, x.Floats, x.Stride, MostTokens, b, rows);
        }

        for (var m = 0; m < MostTokens; m++)
            for (var r = 0; r < rows; r++)
            {
                var sum = Enumerable.Range(0, inputs).Sum(i => (double)w.Floats[(r * w.Stride) + i] * x.Floats[(m * x.Stride) + i]);
                Assert.Equal(sum, narrow[(m * rows) + r], 1e-4);
                Assert.Equal(sum, wide[(m * rows) + r], 1e-4);
            }
    }

    private static float[] Multiply(KernelMatrix matrix, TokenInputs x, int tokens, int threads)
    {
        using var team = new KernelThreads(threads);
        var y = new float[tokens * matrix.Outputs];
        fixed (float* to = y)
            new ProductJob(x, matrix).Run(team, tokens, to, matrix.Outputs);
        return y;
    }
}
