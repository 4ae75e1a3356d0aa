using Course.Inference.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// The second moments of the inputs of a model's matrices on some text: for each matrix the mean of x·xᵀ over its inputs x. Up to a factor
/// it is the Hessian of the matrix's squared output error, so it tells which errors of which weights matter, and which cancel
/// (Frantar et al. 2022, § 3).
/// </summary>
public sealed class Calibration : IDisposable
{
    private readonly Dictionary<string, Tensor> moments; // [in, in], Float64

    private Calibration(Dictionary<string, Tensor> moments, long tokens) => (this.moments, Tokens) = (moments, tokens);

    /// <summary>The number of tokens in the text.</summary>
    public long Tokens { get; }

    /// <summary>[in, in], Float64: the mean of x·xᵀ over the inputs of the matrix <paramref name="name"/>.</summary>
    public Tensor Moment(string name) => moments[name];

    /// <summary>Runs the model on texts and collects the moments.</summary>
    /// <param name="c">The model's configuration.</param>
    /// <param name="tensors">Every tensor of the unquantised model, Float32, on the CPU; the caller keeps them.</param>
    /// <param name="texts">The tokens of the texts, each within the context. Never use the text on which quality is measured.</param>
    /// <exception cref="CourseException">There is no text.</exception>
    public static Calibration Observe(LlamaConfiguration c, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyList<int[]> texts)
    {
        if (texts.Count == 0)
            throw new CourseException("Calibration needs text: at least one sequence of tokens.");
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var sums = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var weights = LlamaWeights.From(c, name => tensors[name], (string name) =>
        {
            var matrix = tensors[name == LlamaLayout.Head && c.TiedEmbeddings ? LlamaLayout.Embedding : name];
            sums[name] = zeros([matrix.shape[1], matrix.shape[1]], ScalarType.Float64);
            return new Watched(matrix, sums[name]);
        });
        using var network = new LlamaNetwork(c, weights, CPU);
        foreach (var text in texts)
        {
            using var step = NewDisposeScope();
            network.Forward(tensor([.. text.Select(id => (long)id)], [1, text.Length]));
        }

        var tokens = texts.Sum(text => (long)text.Length);
        using Scalar count = tokens;
        return new(
            sums.ToDictionary(pair => pair.Key, pair => pair.Value.div_(count).DetachFromDisposeScope(), StringComparer.Ordinal), tokens);
    }

    /// <summary>Calibrates on text that the model itself generates: <see cref="SelfGeneratedText"/>.</summary>
    /// <param name="model">The unquantised model, which generates the text.</param>
    /// <param name="tensors">The model's tensors, Float32, on the CPU; the caller keeps them.</param>
    /// <param name="seed">The seed of the text.</param>
    /// <exception cref="CourseException">The model has no begin token to start from.</exception>
    public static Calibration OnSelfGeneratedText(ILlamaModel model, IReadOnlyDictionary<string, Tensor> tensors, ulong seed = 1)
    {
        var c = model.Configuration;
        var begin = c.BeginToken
            ?? throw new CourseException("This model has no begin token to start a text from. Calibrate it on texts of your own.");
        return Observe(c, tensors, SelfGeneratedText.Write(model, begin, Math.Min(c.ContextLength, LongestText), seed: seed));
    }

    /// <summary>The most tokens of one text: a context may have millions.</summary>
    private const int LongestText = 512;

    public void Dispose()
    {
        foreach (var moment in moments.Values)
            moment.Dispose();
    }

    private sealed class Watched(Tensor weight, Tensor sum) : IProjection
    {
        public Tensor Apply(Tensor x)
        {
            var rows = x.reshape(-1, x.shape[^1]);
            sum.add_(rows.t().matmul(rows).to(ScalarType.Float64));
            return nn.functional.linear(x, weight);
        }
    }
}
