using Course.Inference.Tests.Checkpoints.Llama2c;
using Xunit.Abstractions;

namespace Course.Inference.Tests.Families.Llama;

/// <summary>llama.cpp on the same weights.</summary>
[Collection(LlamaCpp.OneAtATime)]
public class LlamaCppTests(ITestOutputHelper output)
{
    /// <summary>The tolerance: llama.cpp itself differs from double precision by 4e-3 here.</summary>
    private const double Tolerance = 1e-2;

    [LlamaCppFact]
    public void Logits_agree_with_llama_cpp()
    {
        var gguf = SharedData.Path("data", "models", "stories260K", "stories260K.gguf");
        using var model = Models.LoadReadable(Llama2cModel.Path);
        foreach (var tokens in (int[][])[[1], [1, 403, 407, 261], [1, .. SmallModel.RandomTokens(Llama2cModel.Shape, 40)]])
        {
            if (LlamaCpp.Logits(gguf, tokens, output) is not { } expected)
                return;
            LogitsAssert.Near(expected, model.Forward(TokenBatch.Of(tokens)).Last(), $"after {tokens.Length} tokens", Tolerance);
        }
    }
}
