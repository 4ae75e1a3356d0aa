using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>
/// The training objective: logits [B, T, V], inputs [B, T] and targets [B, T] → the mean loss as a scalar, in nats per token.
/// </summary>
public delegate Tensor Objective(Tensor logits, Tensor inputs, Tensor targets);

public static class Objectives
{
    /// <summary>The mean of −log p(next token).</summary>
    public static Tensor NextToken(Tensor logits, Tensor inputs, Tensor targets) =>
        nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten());

    /// <summary>
    /// Distillation (Hinton et al. 2015): −Σ p(x)·log q(x) over the whole vocabulary, averaged over positions, where p is the target and q
    /// the draft. It is minimal at q = p, where every draft token is accepted.
    /// </summary>
    /// <param name="target">The target model, [B, T] → [B, T, V].</param>
    public static Objective Distill(Func<Tensor, Tensor> target) =>
        (logits, inputs, _) => SoftCrossEntropy(logits, Probabilities(target, inputs));

    /// <summary>The mean of −Σ p(x)·log q(x) over positions.</summary>
    /// <param name="logits">The logits of q, [B, T, V].</param>
    /// <param name="probabilities">The probabilities p, [B, T, V].</param>
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor probabilities) =>
        -(probabilities * nn.functional.log_softmax(logits, dim: -1)).sum(-1).mean();

    private static Tensor Probabilities(Func<Tensor, Tensor> target, Tensor inputs)
    {
        using var noGradient = no_grad();
        return nn.functional.softmax(target(inputs), dim: -1);
    }
}
