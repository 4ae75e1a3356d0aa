using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Families.Llama;
using Course.Inference.Tests.Families.Llama;
using Xunit.Abstractions;

namespace Course.Inference.Tests.Checkpoints.Gguf;

/// <summary>Every key that changes the computation is applied, or refused by name.</summary>
[Collection(LlamaCpp.OneAtATime)]
public sealed class GgufKeysTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>An edited copy of the small model.</summary>
    private string Small(params (string Key, object Value)[] changes) => EditedGguf.Write(EditedGguf.Small, folder.File("x.gguf"), values =>
    {
        foreach (var (key, value) in changes)
            values[key] = value;
    });

    public static TheoryData<string, (string, object)[], double> Scalings => new()
    {
        { "the old key", [("llama.rope.scale_linear", 4f)], 4 },
        { "a factor alone is linear", [("llama.rope.scaling.factor", 4f)], 4 },
        { "the newer key goes first", [("llama.rope.scaling.factor", 2f), ("llama.rope.scale_linear", 4f)], 2 },
        { "linear", [("llama.rope.scaling.type", "linear"), ("llama.rope.scaling.factor", 8f)], 8 },
        { "linear without a factor", [("llama.rope.scaling.type", "linear")], 1 },
        { "a factor of zero is none", [("llama.rope.scaling.factor", 0f)], 1 },
        { "none, whatever the factor", [("llama.rope.scaling.type", "none"), ("llama.rope.scaling.factor", 4f)], 1 },
    };

    [SharedDataTheory]
    [MemberData(nameof(Scalings))]
    public void Positions_are_scaled_as_the_file_says(string what, (string, object)[] changes, double factor)
    {
        var path = Small(changes);
        var c = GgufImport.ReadConfiguration(path);
        Assert.Equal(factor, c.RopeFactor);
        int[] tokens = [1, .. SmallModel.RandomTokens(c, 20)];
        using var plain = Models.LoadReadable(path);
        using var fused = Models.Load(path);
        var expected = InDoublePrecision(c, tokens);
        LogitsAssert.Near(expected, plain.Forward(TokenBatch.Of(tokens)).Last(), what, 1e-3);
        LogitsAssert.Near(expected, fused.Forward(TokenBatch.Of(tokens)).Last(), what, 1e-3);
        if (LlamaCppNeeds.Missing is null && LlamaCpp.Logits(path, tokens, output) is { } theirs)
            LogitsAssert.Near(theirs, fused.Forward(TokenBatch.Of(tokens)).Last(), what + ", llama.cpp", 2e-2);
    }

    /// <summary>The weights are those of the unedited file; only the configuration differs.</summary>
    private static double[] InDoublePrecision(LlamaConfiguration c, IEnumerable<int> tokens)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var weights = Checkpoint.Read(EditedGguf.Small).Tensors.ToDictionary(pair => pair.Key,
            pair => pair.Value.to(TorchSharp.torch.ScalarType.Float32).data<float>().ToArray());
        var (model, row) = (new NaiveLlama(c, name => weights[name]), new NaiveRow(c.Layers));
        var logits = Array.Empty<double>();
        foreach (var token in tokens)
            logits = model.Next(row, token);
        return logits;
    }

    public static TheoryData<string, object> Refused => new()
    {
        { "llama.rope.scaling.type", "yarn" },
        { "llama.rope.scaling.attn_factor", 1.5f },
        { "llama.rope.scaling.yarn_ext_factor", 1f },
        { "llama.rope.dimension_count", 4u },
        { "llama.attention.causal", false },
        { "llama.attention.sliding_window", 16u },
        { "llama.attention.scale", 1f },
        { "llama.attention.clamp_kqv", 8f },
        { "llama.attention.max_alibi_bias", 8f },
        { "llama.attention.layer_norm_epsilon", 1e-5f },
        { "llama.attention.value_length", 4u },
        { "llama.attn_logit_softcapping", 50f },
        { "llama.final_logit_softcapping", 30f },
        { "llama.logit_scale", 0.5f },
        { "llama.residual_scale", 0.5f },
        { "llama.embedding_scale", 8f },
        { "llama.expert_count", 8u },
        { "llama.use_parallel_residual", true },
        { "llama.rope.dimension_sections", new[] { 1, 2, 3, 4 } },
        { "llama.something_new", 1u },
        { "general.type", "adapter" },
        { "general.architecture", "gemma" },
        { "split.count", 2u },
    };

    [SharedDataTheory]
    [MemberData(nameof(Refused))]
    public void A_key_that_changes_the_computation_is_refused_by_name(string key, object value)
    {
        var error = Assert.Throws<FileException>(() => Models.LoadReadable(Small((key, value))));
        Assert.Contains($"\"{key}\"", error.Message, StringComparison.Ordinal);
    }

    [SharedDataFact]
    public void Keys_without_effect_leave_the_logits_as_they_are()
    {
        int[] tokens = [1, 403, 407, 261];
        using var original = Models.LoadReadable(EditedGguf.Small);
        using var edited = Models.LoadReadable(Small(
            ("llama.rope.scaling.attn_factor", 1f), ("llama.attention.causal", true), ("llama.attention.sliding_window", 1u << 20),
            ("llama.attention.scale", 0f),
            ("llama.expert_count", 0u), ("llama.logit_scale", 1f), ("llama.rope.scaling.finetuned", true),
            ("llama.rope.scaling.original_context_length", 64u),
            ("llama.tensor_data_layout", "Meta AI original pth"), ("general.name", "something"), ("general.finetune", "x"),
            ("quantize.imatrix.file", "y"), ("tokenizer.chat_template", "z")));
        Assert.Equal(original.Forward(TokenBatch.Of(tokens)).Last().ToArray(), edited.Forward(TokenBatch.Of(tokens)).Last().ToArray());
    }

    [Fact]
    public void Linear_scaling_survives_export_and_import()
    {
        var c = SmallModel.Shape() with { RopeFactor = 4 };
        using var scope = TorchSharp.torch.NewDisposeScope();
        GgufExport.Write(folder.File("x.gguf"), c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), GgufType.F32);
        Assert.Equal(4, GgufImport.ReadConfiguration(folder.File("x.gguf")).RopeFactor);
        Assert.Equal(1, EditedFactor(("llama.rope.scaling.type", "none")));
    }

    private double EditedFactor((string Key, object Value) change) =>
        GgufImport.ReadConfiguration(
            EditedGguf.Write(folder.File("x.gguf"), folder.File("y.gguf"), values => values[change.Key] = change.Value)).RopeFactor;

    [Fact]
    public void A_file_without_the_norms_epsilon_is_refused_as_llama_cpp_refuses_it()
    {
        var c = SmallModel.Shape();
        using (TorchSharp.torch.NewDisposeScope())
            GgufExport.Write(folder.File("x.gguf"), c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), GgufType.F32);
        EditedGguf.Write(folder.File("x.gguf"), folder.File("y.gguf"), values => values.Remove("llama.attention.layer_norm_rms_epsilon"));
        Assert.Contains(
            "llama.attention.layer_norm_rms_epsilon",
            Assert.Throws<FileException>(() => Models.LoadReadable(folder.File("y.gguf"))).Message, StringComparison.Ordinal);
    }
}
