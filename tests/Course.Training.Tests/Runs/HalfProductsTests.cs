using Course.Training.Optimization;
using Course.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Tests.Runs;

/// <summary>Products in bfloat16 equal those in float32 up to the precision of eight bits.</summary>
public sealed class HalfProductsTests
{
    /// <summary>bfloat16 rounds to one part in 256, and a few roundings accumulate.</summary>
    private const double Tolerance = 0.03;

    [Fact]
    public void Logits_and_gradients_equal_the_exact_models_up_to_rounding()
    {
        using var scope = NewDisposeScope();
        using var exact = SmallRun.Model();
        using var half = TrainableLlama.Initialize(SmallRun.Shape, 1, CPU, halfProducts: true);
        using var generator = new Generator(1);
        var tokens = randint(1, 17, [3, 12], generator: generator, dtype: ScalarType.Int64);

        Tensor expected = exact.Forward(tokens, 0, generator), came = half.Forward(tokens, 0, generator);
        Objectives.NextToken(expected, tokens, tokens).backward();
        Objectives.NextToken(came, tokens, tokens).backward();

        Assert.Equal(ScalarType.Float32, came.dtype);
        Assert.InRange(Apart(expected, came), 1e-6, Tolerance); // not the same bits: it did multiply in half precision
        foreach (var (name, tensor) in exact.Tensors)
            Assert.True(
                Apart(tensor.grad!, half.Tensors[name].grad!) < Tolerance,
                $"{name}: {Apart(tensor.grad!, half.Tensors[name].grad!)}");
    }

    /// <summary>
    /// A draft is distilled from a target that multiplies in half precision; the distribution must still be the target's.
    /// </summary>
    [Fact]
    public void A_teacher_in_half_precision_has_nearly_the_distribution_of_the_exact_one()
    {
        using var scope = NewDisposeScope();
        using var exact = SmallRun.Model();
        using var half = TrainableLlama.From(SmallRun.Shape, exact.Tensors, CPU, halfProducts: true);
        using var generator = new Generator(1);
        var tokens = randint(1, 17, [3, 12], generator: generator, dtype: ScalarType.Int64);

        Tensor expected = nn.functional.softmax(exact.Forward(tokens), -1), came = nn.functional.softmax(half.Forward(tokens), -1);

        Assert.Equal(ScalarType.Float32, came.dtype);
        Assert.InRange(((expected - came).abs().sum(-1) / 2).max().ToDouble(), 1e-9, 0.01); // total variation
    }

    /// <summary>
    /// The iteration brings singular values into [0.7, 1.2], and rounding moves them within that range. So the test checks the
    /// purpose, not the values.
    /// </summary>
    [Fact]
    public void An_orthogonalised_matrix_has_singular_values_near_one_and_points_the_same_way()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var m = randn([24, 40], generator: generator);

        Tensor exact = Muon.Orthogonalize(m), half = Muon.Orthogonalize(m, ScalarType.BFloat16);

        Assert.Equal(ScalarType.Float32, half.dtype);
        Assert.All(linalg.svdvals(half).data<float>().ToArray(), value => Assert.InRange(value, 0.3, 1.3));
        Assert.InRange(Apart(exact, half), 1e-6, 0.15);
    }

    /// <summary>‖a − b‖ / ‖a‖.</summary>
    private static double Apart(Tensor a, Tensor b) => (a - b).norm().ToDouble() / a.norm().ToDouble();
}
