using static TorchSharp.torch;

namespace Course.Training.Optimization;

/// <summary>The update rule of one parameter.</summary>
public interface IParameterRule : IDisposable
{
    /// <summary>The state on which the next step depends, besides parameter, gradient and step number.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Updates the parameter.</summary>
    /// <param name="gradient">The gradient, in the parameter's shape.</param>
    /// <param name="factor">The factor of the peak rate, from the schedule.</param>
    /// <param name="step">The step number, from 0.</param>
    void Step(Tensor gradient, double factor, int step);
}
