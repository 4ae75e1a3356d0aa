using Course.Inference.Families.Llama;
using Course.Training.Optimization;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Training.Runs;

/// <summary>Updates all parameters of a model, each by its own rule.</summary>
public sealed class Optimizer(IReadOnlyDictionary<string, Tensor> parameters, Recipe recipe) : IDisposable
{
    private readonly Schedule schedule = new(recipe.Optimizer.WarmUp, recipe.Steps, recipe.Optimizer.DescentShare);
    private readonly Dictionary<string, IParameterRule> rules =
        parameters.ToDictionary(pair => pair.Key, pair => Rule(pair.Key, pair.Value, recipe));

    /// <summary>The named tensors that a checkpoint must contain to resume exactly.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> State =>
        rules.SelectMany(rule => rule.Value.State.Select(part => KeyValuePair.Create($"{rule.Key}/{part.Key}", part.Value)));

    /// <summary>Applies and clears the gradients. Returns the norm of the gradient before clipping.</summary>
    public double Step(int step)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var norm = Math.Sqrt(parameters.Values.Sum(p => p.grad!.square().sum().ToDouble()));
        var clip = Math.Min(1, recipe.Optimizer.ClipNorm / (norm + 1e-6));
        Parallel.ForEach(parameters, new ParallelOptions { MaxDegreeOfParallelism = recipe.Workers },
            parameter => Apply(parameter.Key, parameter.Value, clip, step));
        return norm;
    }

    private void Apply(string name, Tensor parameter, double clip, int step)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        torch.set_num_threads(1);
        var gradient = parameter.grad!;
        if (clip < 1)
            gradient.mul_(clip);
        rules[name].Step(gradient, schedule.Factor(step), step);
        gradient.zero_();
    }

    private static IParameterRule Rule(string name, Tensor parameter, Recipe recipe)
    {
        var (rates, inLayer) = (recipe.Optimizer, parameter.dim() == 2 && name is not (LlamaLayout.Embedding or LlamaLayout.Head));
        return rates.Muon && inLayer
            ? new Muon(parameter, rates.MuonRate, rates.Decay, recipe.HalfProducts ? ScalarType.BFloat16 : ScalarType.Float32)
            : new AdamW(parameter, rates.AdamRate, rates.Decay);
    }

    public void Dispose()
    {
        foreach (var rule in rules.Values)
            rule.Dispose();
    }
}
