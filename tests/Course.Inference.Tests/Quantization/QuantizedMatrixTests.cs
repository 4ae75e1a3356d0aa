using System.Runtime.InteropServices;
using Course.Inference.Quantization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Quantization;

public class QuantizedMatrixTests
{
    private const int Outputs = 5, Inputs = 128;

    /// <summary>Rows and groups of different sizes, so that a scale in the wrong place shows.</summary>
    private static float[] Weights(int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Outputs * Inputs).Select(i => (2 * random.NextSingle() - 1) * (1 + i / Inputs) * (1 + i % Inputs / 32))];
    }

    private static Tensor Matrix(float[] weights) => tensor(weights, [Outputs, Inputs]);

    private static double[] Doubles(Tensor tensor)
    {
        using var wide = tensor.to(ScalarType.Float64).cpu().contiguous();
        return [.. wide.data<double>()];
    }

    private static double LargestDifference(double[] a, double[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    [Fact]
    public void Int8_is_within_half_a_step_of_every_weight_and_uses_the_whole_range()
    {
        var weights = Weights();
        using var scope = NewDisposeScope();
        using var matrix = Int8Matrix.Quantize(Matrix(weights));
        var (back, scales) = (Doubles(matrix.Dequantize()), Doubles(matrix.Scales));
        for (var i = 0; i < weights.Length; i++)
            Assert.True(Math.Abs(back[i] - weights[i]) <= scales[i / Inputs] * 0.5001, $"weight {i}: {weights[i]} became {back[i]}");
        var values = MemoryMarshal.Cast<byte, sbyte>(matrix.Values.bytes).ToArray();
        foreach (var row in values.Chunk(Inputs))
            Assert.Equal(127, row.Max(value => Math.Abs((int)value)));
    }

    [Fact]
    public void Int8_rounds_halves_to_even()
    {
        using var scope = NewDisposeScope();
        using var matrix = Int8Matrix.Quantize(tensor(new float[] { 127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f }, [1, 6]));
        Assert.Equal([127, 0, 2, 2, 0, -2], Doubles(matrix.Values).Select(value => (int)value));
    }

    [Fact]
    public void Channels_of_zeros_and_of_the_smallest_numbers_stay_finite()
    {
        using var scope = NewDisposeScope();
        var weight = cat([zeros(1, 64), full([1, 64], 1e-44f), full([1, 64], 1e-30f), ones(1, 64)]);
        using Int8Matrix eight = Int8Matrix.Quantize(weight);
        using Int4Matrix four = Int4Matrix.Quantize(weight), extreme = Int4Matrix.Quantize(weight, 32, Int4Rule.Extreme);
        foreach (var matrix in (IQuantizedMatrix[])[eight, four, extreme])
            Assert.All(Doubles(matrix.Dequantize())[..(3 * 64)], value => Assert.True(Math.Abs(value) <= 1.01e-30));
    }

    [Theory]
    [InlineData(32, Int4Rule.Extreme)]
    [InlineData(32, Int4Rule.LeastSquares)]
    [InlineData(64, Int4Rule.LeastSquares)]
    public void Int4_unpacks_as_the_plain_loop_does_and_each_known_mistake_is_caught(int groupSize, Int4Rule rule)
    {
        using var scope = NewDisposeScope();
        using var matrix = Int4Matrix.Quantize(Matrix(Weights()), groupSize, rule);
        var (actual, nibbles, scales) = (Doubles(matrix.Dequantize()), matrix.Nibbles.bytes.ToArray(), Doubles(matrix.Scales));
        double Difference(Int4Bug bug) => LargestDifference(actual, Planted.Unpack(nibbles, scales, Outputs, Inputs, groupSize, bug));

        Assert.Equal(0, Difference(Int4Bug.None));
        foreach (var bug in Enum.GetValues<Int4Bug>().Except([Int4Bug.None]))
            Assert.True(Difference(bug) > 0.1, $"{bug} is not seen");
    }

    [Fact]
    public void Int8_unpacks_as_the_plain_loop_does_and_one_scale_for_all_channels_is_caught()
    {
        using var scope = NewDisposeScope();
        using var matrix = Int8Matrix.Quantize(Matrix(Weights()));
        var (actual, values, scales) = (Doubles(matrix.Dequantize()), MemoryMarshal.Cast<byte, sbyte>(matrix.Values.bytes).ToArray(), Doubles(matrix.Scales));
        Assert.Equal(0, LargestDifference(actual, Planted.Unpack(values, scales, Outputs, Inputs, oneScaleForAll: false)), 1e-6);
        Assert.True(LargestDifference(actual, Planted.Unpack(values, scales, Outputs, Inputs, oneScaleForAll: true)) > 0.1);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void Int4_of_either_rule_stays_near_and_least_squares_is_nearer(int groupSize)
    {
        var weights = Weights();
        using var scope = NewDisposeScope();
        double Error(Int4Rule rule)
        {
            using var matrix = Int4Matrix.Quantize(Matrix(weights), groupSize, rule);
            return Doubles(matrix.Dequantize()).Zip(weights, (x, w) => (x - w) * (x - w)).Sum() / weights.Sum(w => (double)w * w);
        }

        Assert.InRange(Error(Int4Rule.Extreme), 1e-4, 0.02);
        Assert.True(Error(Int4Rule.LeastSquares) < 0.9 * Error(Int4Rule.Extreme));
    }

    /// <summary>Nibbles and scale worked out by hand from ggml's rule: scale −4 / −8, halves away from −8.</summary>
    [Fact]
    public void The_rule_of_Q4_0_gives_its_bits()
    {
        var weights = new float[32];
        (weights[0], weights[1], weights[2], weights[16], weights[17]) = (-4, 3.5f, 0.25f, 1, -0.75f);
        using var scope = NewDisposeScope();
        using var matrix = Int4Matrix.Quantize(tensor(weights, [1, 32]), 32, Int4Rule.Extreme);
        Assert.Equal(0.5, Doubles(matrix.Scales).Single());
        // Inputs 0 and 16 share byte 0, 1 and 17 byte 1: 0 | 10 << 4, 15 | 7 << 4 (−1.5 rounds up to −1), 9 | 8 << 4 (0.5 up to 1).
        Assert.Equal([0xA0, 0x7F, 0x89, 0x88], matrix.Nibbles.bytes[..4].ToArray());
    }

    [Fact]
    public void Bytes_are_those_that_the_format_states()
    {
        using var scope = NewDisposeScope();
        foreach (var (format, expected) in new[] { (WeightFormat.Int8, 5 * 128 + 5 * 4), (WeightFormat.Int4(), 5 * 64 + 5 * 4 * 2), (WeightFormat.Int4(64), 5 * 64 + 5 * 2 * 2) })
        {
            using var matrix = format.Quantize(Matrix(Weights()));
            Assert.Equal((expected, expected), (matrix.Bytes, format.Bytes(Outputs, Inputs)));
        }
    }

    [Fact]
    public void What_cannot_be_kept_is_refused_in_words()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("48 inputs do not divide", Assert.Throws<CourseException>(() => Int4Matrix.Quantize(zeros(2, 48))).Message, StringComparison.Ordinal);
        Assert.Contains("not of 16", Assert.Throws<CourseException>(() => Int4Matrix.Quantize(zeros(2, 48), 16)).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => WeightFormat.Int8.Quantize(zeros(4)));
        Assert.Throws<CourseException>(() => WeightFormat.Int8.Quantize(zeros(0, 4)));
        foreach (var format in (WeightFormat[])[WeightFormat.Int8, WeightFormat.Int4()])
            Assert.Contains("not a finite number", Assert.Throws<CourseException>(() => format.Quantize(full([1, 32], float.NaN))).Message, StringComparison.Ordinal);
        Assert.Contains("Float16", Assert.Throws<CourseException>(() => Int4Matrix.Quantize(full([1, 32], 1e6f))).Message, StringComparison.Ordinal);
        Assert.Throws<CourseException>(() => new Int8Matrix(zeros([2, 4], ScalarType.Int8), zeros(3)));
        Assert.Throws<CourseException>(() => new Int8Matrix(zeros([4, 2], ScalarType.Int8).t(), zeros(2)));
        Assert.Throws<CourseException>(() => new Int4Matrix(zeros([2, 16], ScalarType.Byte), zeros([2, 1], ScalarType.Float32), 32));
    }

    /// <summary>Float16 has no scale beyond 65504, and below 2⁻¹⁴ scales lose bits: at 1e-7 all of the weights became zero without a word.</summary>
    [Theory]
    [InlineData(0.99f * 65504 * 6, true)]
    [InlineData(1.01f * 65504 * 6, false)]
    [InlineData(1.01f * 8 / 16384, true)]
    [InlineData(0.99f * 8 / 16384, false)]
    [InlineData(1e-7f, false)]
    [InlineData(0f, true)]
    public void Int4_takes_weights_whose_scales_Float16_holds_and_refuses_others(float largest, bool fits)
    {
        using var scope = NewDisposeScope();
        var weight = full([1, 32], largest);
        var moment = eye(32, dtype: ScalarType.Float64);
        foreach (var quantize in (Func<Int4Matrix>[])[() => Int4Matrix.Quantize(weight), () => Int4Matrix.Quantize(weight, 32, Int4Rule.Extreme), () => ErrorFeedback.Quantize(weight, moment)])
            if (fits)
                Assert.All(Doubles(quantize().Dequantize()), value => Assert.InRange(value, largest * 0.9, largest * 1.1));
            else
                Assert.Contains("Take int8", Assert.Throws<CourseException>(quantize).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_projection_multiplies_with_what_the_matrix_stands_for_and_leaks_nothing()
    {
        using var scope = NewDisposeScope();
        var (x, matrix) = (randn(3, Inputs, generator: new Generator(1)), Int4Matrix.Quantize(Matrix(Weights())));
        var projection = new UnpackingProjection(matrix);
        var expected = nn.functional.linear(x, matrix.Dequantize());
        Assert.True(expected.equal(projection.Apply(x)).all().ToBoolean());
        projection.Apply(x.to(ScalarType.BFloat16)).Dispose();
        var before = LiveTensors.OfThisThread;
        projection.Apply(x).Dispose();
        Int8Matrix.Quantize(x).Dispose();
        Int4Matrix.Quantize(x).Dispose();
        Assert.Equal(before, LiveTensors.OfThisThread);
        matrix.Dispose();
    }
}
