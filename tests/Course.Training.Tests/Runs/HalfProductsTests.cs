using Course.Training.Optimization;
using Course.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Tests.Runs;

/// <summary>What is multiplied in bfloat16 is what is multiplied in float32, but for its eight bits.</summary>
public sealed class HalfProductsTests
{
    /// <summary>Bfloat16 rounds to one part in 256; a few roundings follow each other.</summary>
    private const double Tolerance = 0.03;

    [Fact]
    public void Logits_and_gradients_are_those_of_the_exact_model_but_for_rounding()
    {
        using var scope = NewDisposeScope();
        using var exact = SmallRun.Model();
        using var half = TrainableLlama.Initialise(SmallRun.Shape, 1, CPU, halfProducts: true);
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
    /// A draft is distilled from a target that multiplies in half precision; what it learns from must be the target's law all the same.
    /// </summary>
    [Fact]
    public void A_teacher_in_half_precision_has_nearly_the_law_of_the_exact_one()
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
    /// The iteration takes a singular value to somewhere in [0.7, 1.2], and a rounding moves it about in there: what
    /// must hold is what it is for.
    /// </summary>
    [Fact]
    public void An_orthogonalised_matrix_has_singular_values_near_one_and_points_the_same_way()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var m = randn([24, 40], generator: generator);

        Tensor exact = Muon.Orthogonalise(m), half = Muon.Orthogonalise(m, ScalarType.BFloat16);

        Assert.Equal(ScalarType.Float32, half.dtype);
        Assert.All(linalg.svdvals(half).data<float>().ToArray(), value => Assert.InRange(value, 0.3, 1.3));
        Assert.InRange(Apart(exact, half), 1e-6, 0.15);
    }

    /// <summary>‖a − b‖ / ‖a‖.</summary>
    private static double Apart(Tensor a, Tensor b) => (a - b).norm().ToDouble() / a.norm().ToDouble();
}
