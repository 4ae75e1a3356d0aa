using Course.Inference.Checkpoints;
using Course.Inference.Decoding;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using Course.Inference.Sampling;
using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Families.Llama.Fused;

/// <summary>The fused kernels on trained models.</summary>
public class FusedRealModelTests
{
    private static readonly string Stories = SharedData.Folder is null
        ? ""
        : SharedData.Path("data", "models", "stories260K", "stories260K.bin");

    [SharedDataFact]
    public void Greedy_decoding_writes_the_published_200_steps_to_the_letter()
    {
        using var model = Models.Load(Stories);
        var tokenizer = TokenizerFile.Load(Stories).RequireFits(model, Stories);
        var run = new TextGenerator(tokenizer, new CachedDecoder(model))
            .Generate("", new() { MaxTokens = 200, Sampling = SamplingOptions.Greedy }, new SeededRandomness(0));
        Assert.Equal(
            File.ReadAllText(SharedData.Path("data", "models", "stories260K", "greedy-200-steps.txt")).TrimEnd('\n'), string.Concat(run));
    }

    [SharedDataFact]
    public void Logits_of_a_published_model_are_those_of_the_plain_one() => RequireParity(Stories);

    [Fact]
    public void Logits_of_the_bundled_target_are_those_of_the_plain_model() => RequireParity(Bundled.Target);

    [Theory]
    [InlineData(8, 0)]
    [InlineData(4, 32)]
    [InlineData(4, 64)]
    public void Logits_of_the_quantised_target_are_those_of_its_unpacking_twin(int bits, int group)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (c, tensors) = Checkpoint.Read(Bundled.Target);
        var format = new WeightFormat(bits, group);
        using var twin = new LlamaModel(
            c,
            QuantizedWeights.From(
                c, tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(TorchSharp.torch.ScalarType.Float32)), format),
                TorchSharp.torch.CPU);
        using var model = Models.Load(Bundled.Target, format: format);
        LogitsAssert.Near(twin.Forward(Text(c)), model.Forward(Text(c)), 1e-2);
    }

    private static void RequireParity(string path)
    {
        using var plain = Models.LoadReadable(path);
        using var fused = Models.Load(path);
        LogitsAssert.Near(plain.Forward(Text(plain.Configuration)), fused.Forward(Text(plain.Configuration)), 1e-4);
    }

    private static TokenBatch Text(LlamaConfiguration c) => TokenBatch.Of(SmallModel.RandomTokens(c, 100));
}
