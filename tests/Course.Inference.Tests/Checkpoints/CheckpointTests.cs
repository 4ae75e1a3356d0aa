using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Safetensors;
using Course.Inference.Families.Llama;
using Course.Inference.Families.Llama.Torch;
using Course.Inference.Tests.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LlamaConfiguration c = SmallModel.Shape() with { BeginToken = 1, EndTokens = [2] };
    private readonly Dictionary<string, float[]> weights;

    public CheckpointTests() => weights = SmallModel.Weights(c, seed: 6);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ScalarType.Float32, 0)]
    [InlineData(ScalarType.BFloat16, 0.3)]
    [InlineData(ScalarType.Float16, 0.05)]
    public void A_saved_model_loads_and_answers_alike(ScalarType type, double tolerance)
    {
        Save(folder.Path, type);
        using var original = new LlamaModel(c, SmallModel.Tensors(c, weights), CPU);
        using var loaded = Models.LoadReadable(folder.Path);
        Assert.Equivalent(c, loaded.Configuration, strict: true);
        Assert.Equal(ScalarType.Float32, loaded.Type); // widened: the CPU computes in 32 bits whatever is stored
        LogitsAssert.Near(original.Forward(TokenBatch.Of(1, 2, 3)), loaded.Forward(TokenBatch.Of(1, 2, 3)), tolerance);
    }

    [Fact]
    public void The_computing_type_can_be_chosen()
    {
        Save(folder.Path, ScalarType.Float32);
        using var model = Models.LoadReadable(folder.Path, CPU, ScalarType.BFloat16);
        using var cache = model.CreateCache();
        Assert.Equal(ScalarType.BFloat16, model.Type);
        Assert.Equal(c.VocabularySize, model.Forward(TokenBatch.Of(1, 2), cache).Last().Length);
    }

    [Fact]
    public void Shards_listed_by_an_index_load_like_one_file()
    {
        using var scope = NewDisposeScope();
        Save(folder.Path, ScalarType.Float32);
        using var whole = Models.LoadReadable(folder.Path);
        Shard(folder.Path);
        using var sharded = Models.LoadReadable(folder.Path);
        Assert.Equal(whole.Forward(TokenBatch.Of(1, 2)).Last().ToArray(), sharded.Forward(TokenBatch.Of(1, 2)).Last().ToArray());
    }

    [Theory]
    [InlineData("../secret.safetensors")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\\\b.safetensors")]
    [InlineData("C:x.safetensors")]
    [InlineData("..")]
    [InlineData("")]
    public void An_index_cannot_reach_out_of_its_folder(string shard)
    {
        Save(folder.Path, ScalarType.Float32);
        File.Delete(folder.File("model.safetensors"));
        File.WriteAllText(folder.File("model.safetensors.index.json"), $$$"""{"weight_map":{"model.norm.weight":"{{{shard}}}"}}""");
        Assert.Contains("is not a plain name", Refusal(folder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_does_not_match_its_shards_is_refused()
    {
        Save(folder.Path, ScalarType.Float32);
        var index = Shard(folder.Path);
        var text = File.ReadAllText(index);
        File.WriteAllText(
            index,
            text.Replace(
                "\"model.norm.weight\": \"model-2.safetensors\"", "\"model.norm.weight\": \"model-1.safetensors\"",
                StringComparison.Ordinal));
        Assert.Contains(
            "is not in \"model-1.safetensors\", where the index puts it", Refusal(folder.Path).Message, StringComparison.Ordinal);
        File.WriteAllText(index, "{}");
        Assert.Contains("expected a \"weight_map\"", Refusal(folder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("there is no such checkpoint", Refusal(folder.File("nothing")).Message, StringComparison.Ordinal);
        Assert.Equal(folder.File("config.json"), Refusal(folder.Path).File);
        Save(folder.Path, ScalarType.Float32);
        Assert.Contains("Name the folder that holds it", Refusal(folder.File("model.safetensors")).Message, StringComparison.Ordinal);
        File.Delete(folder.File("model.safetensors"));
        Assert.Equal(folder.File("model.safetensors"), Refusal(folder.Path).File);
    }

    [Fact]
    public void A_missing_tensor_is_named_with_the_shape_it_should_have()
    {
        Rewrite(tensors => tensors.Remove("model.layers.1.mlp.up_proj.weight"));
        Assert.Contains(
            "tensor \"model.layers.1.mlp.up_proj.weight\" [33, 24] is missing", Refusal(folder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_too_many_is_named()
    {
        Rewrite(tensors => tensors["model.layers.0.self_attn.q_proj.bias"] = zeros(24));
        Assert.Contains(
            "tensor \"model.layers.0.self_attn.q_proj.bias\" does not belong", Refusal(folder.Path).Message, StringComparison.Ordinal);
    }

    /// <summary>Some programs write both head and embedding, although they are tied.</summary>
    [Fact]
    public void A_tied_head_that_is_a_copy_of_the_embedding_is_ignored_and_another_is_refused()
    {
        var tied = c with { TiedEmbeddings = true };
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(tied, SmallModel.Weights(tied, 6));
        Checkpoint.Save(folder.Path, tied, tensors, ScalarType.Float32);
        using var expected = Models.LoadReadable(folder.Path);
        tensors[LlamaLayout.Head] = tensors[LlamaLayout.Embedding].clone();
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors, ScalarType.Float32);
        using var loaded = Models.LoadReadable(folder.Path);
        Assert.Equal(expected.Forward(TokenBatch.Of(1, 2)).Last().ToArray(), loaded.Forward(TokenBatch.Of(1, 2)).Last().ToArray());

        tensors[LlamaLayout.Head][1, 2] += 1;
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors, ScalarType.Float32);
        Assert.Contains("tied to the embedding, and is not a copy", Refusal(folder.Path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7e4f)]
    [InlineData(1e-7f)]
    public void Weights_outside_Float16_are_not_saved_in_it(float factor)
    {
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, weights);
        tensors["lm_head.weight"] = full([c.VocabularySize, c.Width], factor);
        Assert.Contains(
            "\"lm_head.weight\"",
            Assert.Throws<CourseException>(() => Checkpoint.Save(folder.Path, c, tensors, ScalarType.Float16)).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
        Checkpoint.Save(folder.Path, c, tensors, ScalarType.BFloat16);
    }

    [Fact]
    public void End_tokens_of_either_configuration_end_a_text()
    {
        Save(folder.Path, ScalarType.Float32);
        File.WriteAllText(folder.File("generation_config.json"), """{ "eos_token_id": [2, 5, 7], "temperature": 0.6 }""");
        Assert.Equal([2, 5, 7], Checkpoint.Read(folder.Path).Configuration.EndTokens);
        File.WriteAllText(folder.File("generation_config.json"), """{ "eos_token_id": 36 }""");
        Assert.Equal([2, 36], Checkpoint.Read(folder.Path).Configuration.EndTokens);
        File.WriteAllText(folder.File("generation_config.json"), """{ "eos_token_id": "36" }""");
        Assert.Contains(
            "Correct generation_config.json", Assert.Throws<FileException>(() => Checkpoint.Read(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rotary_frequencies_of_early_exports_are_ignored()
    {
        Rewrite(tensors => tensors["model.layers.0.self_attn.rotary_emb.inv_freq"] = zeros(3));
        Models.LoadReadable(folder.Path).Dispose();
    }

    [Fact]
    public void A_tensor_of_another_shape_is_named_with_both()
    {
        Rewrite(tensors => tensors["model.norm.weight"] = zeros(25));
        var message = Refusal(folder.Path).Message;
        Assert.Contains(
            "model.safetensors: tensor \"model.norm.weight\" is [25], where [24] was expected", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_another_type_is_refused()
    {
        Save(folder.Path, ScalarType.Float32);
        var path = folder.File("model.safetensors");
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().LastIndexOf("F32"u8); // the last: by then the others have been read
        "I32"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(path, bytes);
        Assert.Contains("is of type I32", Refusal(folder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        Save(folder.Path, ScalarType.Float32);
        using (var file = File.OpenWrite(folder.File("model.safetensors")))
            file.SetLength(file.Length - 1);
        Assert.Contains("describes", Refusal(folder.Path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_do_not_fit_are_not_saved()
    {
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, weights);
        tensors.Remove("lm_head.weight");
        Assert.Throws<FileException>(() => Checkpoint.Save(folder.Path, c, tensors, ScalarType.Float32));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private void Save(string path, ScalarType type)
    {
        using var scope = NewDisposeScope();
        Checkpoint.Save(path, c, SmallModel.Tensors(c, weights), type);
    }

    private void Rewrite(Action<Dictionary<string, Tensor>> change)
    {
        Save(folder.Path, ScalarType.Float32);
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, weights);
        change(tensors);
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors, ScalarType.Float32);
    }

    /// <summary>Splits the folder's single file into two shards and an index, and returns the index's path.</summary>
    private string Shard(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, weights);
        string FileOf(string name) => name.Contains("layers.0", StringComparison.Ordinal) ? "model-1.safetensors" : "model-2.safetensors";
        foreach (var shard in tensors.GroupBy(pair => FileOf(pair.Key)))
            SafetensorsWriter.Write(
                Path.Combine(path, shard.Key), shard.ToDictionary(pair => pair.Key, pair => pair.Value), ScalarType.Float32);
        File.Delete(Path.Combine(path, "model.safetensors"));
        var index = Path.Combine(path, "model.safetensors.index.json");
        File.WriteAllText(index,
            $"{{\"weight_map\":{{{string.Join(",", tensors.Keys.Select(name => $"\"{name}\": \"{FileOf(name)}\""))}}}}}");
        return index;
    }

    private static FileException Refusal(string path)
    {
        var before = LiveTensors.OfThisThread;
        var error = Assert.Throws<FileException>(() => Models.LoadReadable(path));
        Assert.Equal(before, LiveTensors.OfThisThread);
        return error;
    }
}
