using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>What a run minimises: logits [B, T, V], inputs and targets [B, T] → a scalar, in nats per token.</summary>
public delegate Tensor Objective(Tensor logits, Tensor inputs, Tensor targets);

public static class Objectives
{
    /// <summary>−log p(next token), averaged.</summary>
    public static Tensor NextToken(Tensor logits, Tensor inputs, Tensor targets) =>
        nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten());

    /// <summary>
    /// Distillation (Hinton et al. 2015): −Σ p(x)·log q(x) over the whole vocabulary, averaged over positions,
    /// where p is the target and q the draft. Its least value is reached at q = p, where every draft token is accepted.
    /// </summary>
    /// <param name="target">[B, T] → [B, T, V]</param>
    public static Objective Distil(Func<Tensor, Tensor> target) =>
        (logits, inputs, _) => SoftCrossEntropy(logits, Probabilities(target, inputs));

    /// <param name="logits">[B, T, V]</param>
    /// <param name="probabilities">[B, T, V]</param>
    public static Tensor SoftCrossEntropy(Tensor logits, Tensor probabilities) =>
        -(probabilities * nn.functional.log_softmax(logits, dim: -1)).sum(-1).mean();

    private static Tensor Probabilities(Func<Tensor, Tensor> target, Tensor inputs)
    {
        using var noGradient = no_grad();
        return nn.functional.softmax(target(inputs), dim: -1);
    }
}
