using Course.Inference.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Families.Llama.Torch;

/// <summary>
/// What a model's matrices are multiplied with on some text: for each the mean of x·xᵀ over its inputs x. It is the Hessian, up
/// to a factor, of the matrix's squared output error, so it says which errors of which weights matter, and which cancel
/// (Frantar et al. 2022, § 3).
/// </summary>
public sealed class Calibration : IDisposable
{
    private readonly Dictionary<string, Tensor> moments; // [in, in], Float64

    private Calibration(Dictionary<string, Tensor> moments, long tokens) => (this.moments, Tokens) = (moments, tokens);

    /// <summary>How many tokens were seen.</summary>
    public long Tokens { get; }

    /// <summary>[in, in], Float64: mean of x·xᵀ over the inputs of the matrix <paramref name="name"/>.</summary>
    public Tensor Moment(string name) => moments[name];

    /// <param name="c">The shape.</param>
    /// <param name="tensors">Every tensor of the unquantised model, Float32, on the CPU; they stay the caller's.</param>
    /// <param name="texts">Tokens, each text within the context. Never those that quality is measured on.</param>
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

    /// <summary>On text that the model itself writes: <see cref="OwnText"/>.</summary>
    /// <param name="model">The unquantised model; it writes.</param>
    /// <param name="tensors">Its tensors, Float32, on the CPU; they stay the caller's.</param>
    /// <param name="seed">Of the text.</param>
    /// <exception cref="CourseException">The model knows no begin token to start from.</exception>
    public static Calibration OnOwnText(ILlamaModel model, IReadOnlyDictionary<string, Tensor> tensors, ulong seed = 1)
    {
        var c = model.Configuration;
        var begin = c.BeginToken
            ?? throw new CourseException("This model has no begin token to write a text from. Calibrate it on texts of yours.");
        return Observe(c, tensors, OwnText.Write(model, begin, Math.Min(c.ContextLength, LongestText), seed: seed));
    }

    /// <summary>Tokens of one text: contexts may be of millions.</summary>
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
