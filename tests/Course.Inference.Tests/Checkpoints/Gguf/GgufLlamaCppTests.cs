using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Tests.Families.Llama;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints.Gguf;

/// <summary>llama.cpp runs the exported files.</summary>
[Collection(LlamaCpp.OneAtATime)]
public sealed class GgufLlamaCppTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// Both run the file's own weights, so only the arithmetic differs. llama.cpp rounds every activation that is multiplied with a matrix:
    /// to Float16 for F16, and for Q8_0 and Q4_0 to 8 bits in blocks of 32, an error of up to 1/254 of the largest value in a block. The
    /// errors of 22 products add up as a random walk; measured here: 0.004, 0.004, 0.053 and 0.039, while logits reach 3. A wrong row order
    /// or nibble yields differences as large as the logits.
    /// </summary>
    [LlamaCppTheory]
    [InlineData("F32", 1e-2)]
    [InlineData("F16", 2e-2)]
    [InlineData("Q8_0", 0.1)]
    [InlineData("Q4_0", 0.1)]
    public void Logits_of_the_exported_file_agree(string type, double tolerance)
    {
        var c = SmallModel.Shape(
            vocabulary: 96, width: 64, hidden: 128, layers: 3, heads: 4, keyValueHeads: 2, headWidth: 16, context: 128);
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 6));
        GgufExport.Write(folder.File("x.gguf"), c, tensors, GgufType.Named(type));
        using var model = Models.LoadReadable(folder.File("x.gguf"));
        foreach (var tokens in (int[][])[[1], [1, .. SmallModel.RandomTokens(c, 40)]])
        {
            if (LlamaCpp.Logits(folder.File("x.gguf"), tokens, output) is not { } expected)
                return;
            var actual = model.Forward(TokenBatch.Of(tokens)).Last();
            output.WriteLine(
                $"{type}: {expected.Zip(actual.ToArray(), (x, y) => Math.Abs(x - y)).Max():G3} of {expected.Max(Math.Abs):G3}");
            LogitsAssert.Near(expected, actual, $"after {tokens.Length} tokens", tolerance);
        }
    }
}
