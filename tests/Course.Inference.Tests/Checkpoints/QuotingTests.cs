using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Checkpoints.Safetensors;
using Course.Inference.Families.Llama;
using Course.Inference.Tests.Checkpoints.HuggingFace;
using Course.Inference.Tests.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints;

/// <summary>Text that a parser quotes is untrusted: no message may clear a terminal, forge a line or fill the screen.</summary>
public sealed class QuotingTests : IDisposable
{
    private const int LongestMessage = 1200;

    private static readonly string Evil = "\u001b[2J\u001b[1A\r\n\u009b32mpassed\u202e" + new string('x', 48_000);

    private readonly TemporaryFolder folder = new();
    private readonly LlamaConfiguration c = SmallModel.Shape();

    public void Dispose() => folder.Dispose();

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static void Clean(Action read)
    {
        var message = Assert.ThrowsAny<CourseException>(read).Message;
        Assert.DoesNotContain(message, character => char.IsControl(character) && character != '\n' || character is '\u202e');
        Assert.InRange(message.Length, 20, LongestMessage);
    }

    [Theory]
    [InlineData("model_type")]
    [InlineData("architectures")]
    [InlineData("hidden_act")]
    [InlineData("vocab_size")]
    [InlineData("rope_scaling")]
    [InlineData("eos_token_id")]
    public void Of_a_configuration(string key)
    {
        Save();
        var json = JsonNode.Parse(File.ReadAllText(folder.File("config.json")))!;
        foreach (var value in (JsonNode[])[Evil, new JsonArray(Evil), new JsonObject { ["type"] = Evil }, new JsonObject { [Evil] = 1 }])
        {
            json[key] = value.DeepClone();
            File.WriteAllText(folder.File("config.json"), json.ToJsonString());
            Clean(() => Models.LoadReadable(folder.Path));
        }
    }

    [Fact]
    public void Of_JSON_that_is_none()
    {
        foreach (var text in (string[])[
            $$"""{ {{Json(Evil)}}: 1 }""", $$"""{ {{Json(Evil)}}: 1, {{Json(Evil)}}: 2 }""", $$"""{ "a": {{Evil}} }""", Json(Evil), Evil
        ])
        {
            File.WriteAllText(folder.File("config.json"), text);
            File.WriteAllText(folder.File("tokenizer.json"), text);
            Clean(() => LlamaConfigurationFile.Read(folder.File("config.json")));
            Clean(() => TokenizerFile.Load(folder.File("tokenizer.json")));
        }
    }

    [Theory]
    [InlineData("model.type")]
    [InlineData("model.merges")]
    [InlineData("model.vocab")]
    [InlineData("normalizer")]
    [InlineData("pre_tokenizer")]
    [InlineData("decoder")]
    [InlineData("post_processor")]
    [InlineData("added_tokens")]
    [InlineData("something")]
    public void Of_a_tokenizer(string path)
    {
        JsonNode?[] values =
        [
            Evil, new JsonArray(Evil), new JsonObject { ["type"] = Evil }, new JsonObject { [Evil] = -1 },
            new JsonArray(new JsonObject { ["content"] = Evil, ["id"] = -1 }),
        ];
        foreach (var value in values)
            Clean(() => TokenizerFile.Load(TinyBpe.Json().With(path, value!.DeepClone()).Write(folder)));
    }

    [Fact]
    public void Of_a_files_name()
    {
        const string name = "x\u001b[2J\nPassed.gguf";
        var message = Assert.Throws<FileException>(() => Models.LoadReadable(folder.File(name))).Message;
        Assert.Contains(@"x\u001B[2J Passed.gguf", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Of_merges_in_lines()
    {
        File.WriteAllText(folder.File("vocab.json"), TinyBpe.Json()["model"]!["vocab"]!.ToJsonString());
        foreach (var line in (string[])[Evil, "a " + Evil.ReplaceLineEndings("")])
        {
            File.WriteAllText(folder.File("merges.txt"), line);
            Clean(() => TokenizerFile.Load(folder.File("vocab.json")));
        }
    }

    [Fact]
    public void Of_safetensors()
    {
        Save();
        using var scope = NewDisposeScope();
        var tensors = SmallModel.Tensors(c, SmallModel.Weights(c, 1));
        tensors[Evil] = zeros(2);
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors, ScalarType.Float32);
        Clean(() => Models.LoadReadable(folder.Path));
        foreach (var header in (string[])[
            $$"""{ {{Json(Evil)}}: 7 }""", $$"""{ "a": { "dtype": {{Json(Evil)}}, "shape": [1], "data_offsets": [0, 4] } }""",
            $$"""{ "a": { "dtype": "F32", "shape": [{{string.Join(",", Enumerable.Repeat("1", 20_000))}}], "data_offsets": [0, 8] } }"""])
        {
            var bytes = Encoding.UTF8.GetBytes(header);
            File.WriteAllBytes(folder.File("model.safetensors"), [.. BitConverter.GetBytes((long)bytes.Length), .. bytes, .. new byte[4]]);
            Clean(() => Models.LoadReadable(folder.Path));
        }
    }

    [Fact]
    public void Of_gguf()
    {
        var tokenizer = TokenizerFile.Load(TinyBpe.Json().Write(folder));
        using var scope = NewDisposeScope();
        var shape = c with { VocabularySize = tokenizer.VocabularySize };
        var tensors = SmallModel.Tensors(shape, SmallModel.Weights(shape, 1));
        GgufExport.Write(folder.File("good.gguf"), shape, tensors, GgufType.F32, tokenizer);
        (string Key, object Value)[] edits =
        [
            ("general.architecture", Evil), ("general.type", Evil), ("llama.rope.scaling.type", Evil), ("llama." + Evil, 1u),
            ("llama.block_count", Evil),
            ("tokenizer.ggml." + Evil, 1u), ("tokenizer.ggml.model", Evil), ("tokenizer.ggml.pre", Evil),
            ("tokenizer.ggml.merges", new[] { Evil, "a " + Evil }),
            ("tokenizer.ggml.tokens", Enumerable.Repeat(Evil, tokenizer.VocabularySize).ToArray()),
        ];
        foreach (var (key, value) in edits)
        {
            Gguf.EditedGguf.Write(folder.File("good.gguf"), folder.File("bad.gguf"), values => values[key] = value);
            Clean(() =>
            {
                Models.LoadReadable(folder.File("bad.gguf")).Dispose();
                TokenizerFile.Load(folder.File("bad.gguf"));
            });
        }
    }

    private void Save()
    {
        using var scope = NewDisposeScope();
        Checkpoint.Save(folder.Path, c, SmallModel.Tensors(c, SmallModel.Weights(c, 1)), ScalarType.Float32);
    }
}
