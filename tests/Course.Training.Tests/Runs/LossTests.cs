using Course.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Tests.Runs;

public class LossTests
{
    [Fact]
    public void Distillation_is_the_cross_entropy_of_two_distributions()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        Tensor target = randn([2, 3, 5], generator: generator), draft = randn([2, 3, 5], generator: generator);

        var loss = Objectives.Distill(_ => target)(draft, zeros(2, 3), zeros(2, 3)).ToDouble();

        var expected = 0.0;
        for (var b = 0; b < 2; b++)
            for (var t = 0; t < 3; t++)
                for (var x = 0; x < 5; x++)
                    expected -= Softmax(target[b, t])[x] * Math.Log(Softmax(draft[b, t])[x]) / 6;
        Assert.Equal(expected, loss, 1e-5);
    }

    [Fact]
    public void Distillation_is_minimal_where_the_draft_is_the_target()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var target = randn([1, 4, 5], generator: generator);
        double Loss(Tensor draft) => Objectives.Distill(_ => target)(draft, draft, draft).ToDouble();

        Assert.True(Loss(target) < Loss(target + 0.1 * randn([1, 4, 5], generator: generator)));
    }

    [Fact]
    public void A_uniform_prediction_costs_the_logarithm_of_the_vocabulary_size()
    {
        using var scope = NewDisposeScope();

        var loss = HeldOutLoss.Measure(
            ids => zeros(1, ids.shape[1], 7), [.. Enumerable.Range(0, 25).Select(i => i % 7)], window: 6, windows: 10, CPU);

        Assert.Equal(Math.Log(7), loss.NatsPerToken, 1e-6);
        Assert.Equal(24, loss.Tokens);
        Assert.Equal(24 * Math.Log2(7) / 80, loss.BitsPerByte(80), 1e-6);
    }

    [Fact]
    public void Every_token_is_predicted_from_the_tokens_before_it()
    {
        using var scope = NewDisposeScope();
        // A model with the rule "one more, modulo 7" is right everywhere or wrong everywhere.
        static Tensor Successor(Tensor ids) => nn.functional.one_hot((ids + 1) % 7, 7).to(ScalarType.Float32) * 50;
        int[] counting = [.. Enumerable.Range(0, 25).Select(i => i % 7)];

        Assert.Equal(0, HeldOutLoss.Measure(Successor, counting, 6, 10, CPU).NatsPerToken, 1e-6);
    }

    private static double[] Softmax(Tensor logits)
    {
        var values = logits.data<float>().Select(x => Math.Exp(x)).ToArray();
        return [.. values.Select(value => value / values.Sum())];
    }
}
