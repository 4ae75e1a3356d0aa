using Course.Inference.Kernels;

namespace Course.Inference.Tests.Kernels;

public unsafe class RowMathTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(100)]
    public void A_softmax_agrees_with_double_precision(int count)
    {
        var x = Random(count, 20);
        var sum = x.Sum(value => Math.Exp(value));
        float[] y = [.. x];
        fixed (float* at = y)
            RowMath.Softmax(at, count);
        for (var i = 0; i < count; i++)
            Assert.Equal(Math.Exp(x[i]) / sum, y[i], 1e-6);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(21)]
    public void Huge_scores_do_not_overflow_a_softmax(int count)
    {
        var y = Enumerable.Range(0, count).Select(i => 1e30f * i).ToArray();
        fixed (float* at = y)
            RowMath.Softmax(at, count);
        Assert.Equal(1, y[^1]);
        Assert.Equal(0, y[0]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(29)]
    public void A_gate_agrees_with_double_precision(int count)
    {
        float[] gate = Random(count, 30), up = Random(count, 2), y = [.. gate];
        fixed (float* g = y, u = up)
            RowMath.Gate(g, u, count);
        for (var i = 0; i < count; i++)
            Assert.Equal(gate[i] / (1 + Math.Exp(-gate[i])) * up[i], y[i], 1e-5);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(24)]
    public void A_norm_agrees_with_double_precision(int count)
    {
        float[] x = Random(count, 3), gain = Random(count, 1), y = new float[count];
        fixed (float* from = x, g = gain, to = y)
            RowMath.RmsNorm(from, g, 1e-5, count, to);
        var size = Math.Sqrt(x.Average(value => (double)value * value) + 1e-5);
        for (var i = 0; i < count; i++)
            Assert.Equal(x[i] / size * gain[i], y[i], 1e-5);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(64)]
    [InlineData(83)]
    public void Weighted_sums_of_rows_agree_with_double_precision(int width)
    {
        const int rows = 11;
        float[] factors = Random(rows, 1), values = Random(rows * width, 1), y = new float[width];
        fixed (float* f = factors, v = values, to = y)
            RowMath.AddWeighted(f, v, rows, width, to);
        for (var i = 0; i < width; i++)
            Assert.Equal(Enumerable.Range(0, rows).Sum(j => (double)factors[j] * values[(j * width) + i]), y[i], 1e-5);
    }

    private static float[] Random(int count, float size)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => size * ((2 * random.NextSingle()) - 1))];
    }
}
