using Course.Inference.Models;
using Course.Inference.Models.Gguf;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Models.Gguf;

/// <summary>llama.cpp runs what is exported.</summary>
[Collection(LlamaCpp.OneAtATime)]
public sealed class GgufLlamaCppTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [LlamaCppTheory]
    [InlineData("F32", 1e-2)]
    [InlineData("F16", 2e-2)]
    public void Logits_of_the_exported_file_agree(string type, double tolerance)
    {
        var c = SmallModel.Shape(vocabulary: 96, width: 64, hidden: 128, layers: 3, heads: 4, keyValueHeads: 2, headWidth: 16, context: 128);
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 6));
        GgufExport.Write(folder.File("x.gguf"), c, tensors, GgufType.Named(type));
        using var model = new LlamaModel(c, tensors, CPU);
        foreach (var tokens in (int[][])[[1], [1, .. SmallModel.RandomTokens(c, 40)]])
        {
            if (LlamaCpp.Logits(folder.File("x.gguf"), tokens, output) is not { } expected)
                return;
            var actual = model.Forward(TokenBatch.Of(tokens)).Last();
            output.WriteLine($"{type}: {expected.Zip(actual.ToArray(), (x, y) => Math.Abs(x - y)).Max():G3} of {expected.Max(Math.Abs):G3}");
            LogitsAssert.Near(expected, actual, $"after {tokens.Length} tokens", tolerance);
        }
    }
}
