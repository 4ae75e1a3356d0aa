using static TorchSharp.torch;

namespace Course.Training.Optimization;

/// <summary>How one parameter follows its gradient.</summary>
public interface IParameterRule : IDisposable
{
    /// <summary>Everything that the next step depends on besides parameter, gradient and step number.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <param name="gradient">In the parameter's shape.</param>
    /// <param name="factor">The schedule's factor of the peak rate.</param>
    /// <param name="step">From 0.</param>
    void Step(Tensor gradient, double factor, int step);
}
