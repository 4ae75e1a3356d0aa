using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Quantization;
using Course.Inference.Tests.Checkpoints.Llama2c;
using Course.Inference.Tests.Families.Llama;
using TorchSharp;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints.Gguf;

public sealed class GgufRoundTripTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private string Path => folder.File("model.gguf");

    public void Dispose() => folder.Dispose();

    private static LlamaConfiguration Shape(bool tied) =>
        SmallModel.Shape(
            vocabulary: 40, width: 32, hidden: 64, heads: 4, keyValueHeads: 2, headWidth: 8,
            tied: tied) with
        { NormEpsilon = 3e-5, RopeBase = 50_000 };

    [Theory]
    [InlineData("F32", false, 0)]
    [InlineData("F32", true, 0)]
    [InlineData("F16", true, 0.0005)]
    [InlineData("Q8_0", false, 0.005)]
    [InlineData("Q4_0", true, 0.15)]
    public void What_was_exported_comes_back_as_near_as_its_type_allows(string type, bool tied, double tolerance)
    {
        var c = Shape(tied);
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 8));
        GgufExport.Write(Path, c, tensors, GgufType.Named(type));
        var (configuration, back) = Checkpoint.Read(Path);
        Assert.Equivalent(c, configuration);
        foreach (var (name, expected) in tensors)
        {
            var most = expected.dim() == 1 ? 0 : tolerance * expected.abs().max().ToDouble();
            Assert.InRange((back[name].to(ScalarType.Float32) - expected).abs().max().ToDouble(), 0, most);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Int4_in_groups_of_32_survives_a_file_bit_for_bit(bool tied)
    {
        var c = Shape(tied);
        using var scope = NewDisposeScope();
        using var weights = QuantizedWeights.From(c, SmallModel.Tensors(c, SmallModel.Weights(c, 9)), WeightFormat.Int4());
        GgufExport.Write(Path, c, weights);
        var (configuration, back) = GgufImport.ReadInt4(Path);
        using (back)
        {
            Assert.False(configuration.TiedEmbeddings); // the head is int4 and the embedding is not
            foreach (var (name, matrix) in weights.Matrices)
            {
                var (expected, actual) = ((Int4Matrix)matrix, (Int4Matrix)back.Matrices[name]);
                Assert.Equal(expected.Nibbles.bytes.ToArray(), actual.Nibbles.bytes.ToArray());
                Assert.Equal(expected.Scales.bytes.ToArray(), actual.Scales.bytes.ToArray());
            }

            Assert.All(weights.Tensors, pair => Assert.Equal(pair.Value.bytes.ToArray(), back.Tensors[pair.Key].bytes.ToArray()));
        }
    }

    [Fact]
    public void A_tied_Q4_0_file_becomes_an_int4_head_and_the_same_embedding_widened()
    {
        var c = Shape(tied: true);
        using var scope = NewDisposeScope();
        GgufExport.Write(Path, c, SmallModel.Tensors(c, SmallModel.Weights(c, 9)), GgufType.Q4_0);
        var (configuration, weights) = GgufImport.ReadInt4(Path);
        using var model = new LlamaModel(configuration, weights, CPU);
        using var ordinary = Models.LoadReadable(Path);
        Assert.True(configuration.TiedEmbeddings);
        var batch = TokenBatch.Of(SmallModel.RandomTokens(c, 7));
        LogitsAssert.Near(ordinary.Forward(batch), model.Forward(batch), 1e-5);
    }

    [Fact]
    public void Int8_and_groups_of_64_have_no_place_in_the_format()
    {
        var c = Shape(tied: false);
        using var scope = NewDisposeScope();
        foreach (var format in (WeightFormat[])[WeightFormat.Int8, WeightFormat.Int4(64)])
        {
            var wide = c with { Width = 64, HeadWidth = 16 };
            using var weights = QuantizedWeights.From(wide, SmallModel.Tensors(wide, SmallModel.Weights(wide, 9)), format);
            Assert.Contains(
                "Q4_0", Assert.Throws<CourseException>(() => GgufExport.Write(Path, wide, weights)).Message, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void Rows_that_do_not_divide_into_blocks_are_refused_by_name()
    {
        var c = SmallModel.Shape();
        using var scope = NewDisposeScope();
        var error = Assert.Throws<CourseException>(
            () => GgufExport.Write(Path, c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), GgufType.Q8_0));
        Assert.Contains("token_embd.weight has rows of 24", error.Message, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void A_file_that_others_wrote_gives_the_logits_of_the_same_weights()
    {
        using var theirs = Models.LoadReadable(SharedData.Path("data", "models", "stories260K", "stories260K.gguf"));
        using var ours = Models.LoadReadable(Llama2cModel.Path);
        var batch = TokenBatch.Of([1, .. SmallModel.RandomTokens(Llama2cModel.Shape, 30)]);
        LogitsAssert.Near(ours.Forward(batch), theirs.Forward(batch), 1e-4);
    }
}
