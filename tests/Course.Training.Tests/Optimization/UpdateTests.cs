using Course.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Tests.Optimization;

public class UpdateTests
{
    [Fact]
    public void AdamW_follows_its_equations()
    {
        using var scope = NewDisposeScope();
        var parameter = tensor(new[] { 1f, -2f }, [1, 2]);
        using var rule = new AdamW(parameter, rate: 0.1, decay: 0.5);

        rule.Step(tensor(new[] { 3f, -1f }, [1, 2]), factor: 0.5, step: 0);
        rule.Step(tensor(new[] { 1f, -1f }, [1, 2]), factor: 0.5, step: 1);

        double[] expected = [Twice(1, 3, 1), Twice(-2, -1, -1)];
        Assert.All(expected.Zip(parameter.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        static double Twice(double value, double first, double second)
        {
            double mean = 0, square = 0;
            foreach (var (gradient, t) in new[] { (first, 1), (second, 2) })
            {
                mean = 0.9 * mean + 0.1 * gradient;
                square = 0.95 * square + 0.05 * gradient * gradient;
                value -= 0.05 * 0.5 * value;
                value -= 0.05 * mean / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(square / (1 - Math.Pow(0.95, t))) + 1e-8);
            }
            return value;
        }
    }

    [Fact]
    public void AdamW_does_not_decay_gains()
    {
        using var scope = NewDisposeScope();
        var gain = ones(3);
        using var rule = new AdamW(gain, 0.1, 0.5);

        rule.Step(zeros(3), 1, 0);

        Assert.Equal([1f, 1f, 1f], gain.data<float>().ToArray());
    }

    [Theory]
    [InlineData(12, 12)]
    [InlineData(8, 20)]
    [InlineData(20, 8)]
    public void Muon_sets_all_singular_values_near_one(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);

        var singular = linalg.svdvals(Muon.Orthogonalize(randn([rows, columns], generator: generator))).data<float>().ToArray();

        Assert.All(singular, value => Assert.InRange(value, 0.3, 1.3));
    }

    [Fact]
    public void Muon_keeps_the_singular_vectors()
    {
        using var scope = NewDisposeScope();
        var diagonal = diag(tensor(new[] { 3f, -1f, 0.5f }));

        var update = Muon.Orthogonalize(diagonal);

        Assert.True((update - diag(update.diag())).abs().max().ToDouble() < 1e-5);
        Assert.Equal([1f, -1f, 1f], update.diag().sign().data<float>().ToArray());
    }
}
