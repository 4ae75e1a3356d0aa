using static TorchSharp.torch;

namespace Course.Training.Optimization;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019). The decay applies only to matrices: a norm's gain decayed to zero would
/// silence its layer. Implemented here so that its whole state can be saved and restored.
/// </summary>
public sealed class AdamW(Tensor parameter, double rate, double decay) : IParameterRule
{
    private const double Beta1 = 0.9, Beta2 = 0.95, Epsilon = 1e-8;
    private readonly Tensor mean = zeros_like(parameter).DetachFromDisposeScope();
    private readonly Tensor square = zeros_like(parameter).DetachFromDisposeScope();

    public IReadOnlyDictionary<string, Tensor> State => new Dictionary<string, Tensor> { ["mean"] = mean, ["square"] = square };

    public void Step(Tensor gradient, double factor, int step)
    {
        mean.mul_(Beta1).add_(gradient, alpha: 1 - Beta1);
        square.mul_(Beta2).addcmul_(gradient, gradient, 1 - Beta2);
        var scale = rate * factor / (1 - Math.Pow(Beta1, step + 1));
        var spread = (square / (1 - Math.Pow(Beta2, step + 1))).sqrt_().add_(Epsilon);
        if (parameter.dim() > 1)
            parameter.mul_(1 - rate * factor * decay);
        parameter.addcdiv_(mean, spread, -scale);
    }

    public void Dispose()
    {
        mean.Dispose();
        square.Dispose();
    }
}
