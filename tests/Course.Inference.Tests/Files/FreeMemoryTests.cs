using System.Buffers.Binary;
using System.Text;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Families.Llama;
using Course.Inference.Files;
using Course.Inference.Tests.Families.Llama;

namespace Course.Inference.Tests.Files;

public sealed class FreeMemoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_error_says_what_is_needed_and_what_is_free()
    {
        FreeMemory.Require("x", 100, 100);
        var error = Assert.Throws<FileException>(() => FreeMemory.Require("x", 3L << 30, 1L << 29));
        Assert.StartsWith("x: its weights take 3.0 GiB of memory, and 0.5 GiB are free. ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Some_memory_is_free_and_not_more_than_there_is() =>
        Assert.InRange(FreeMemory.Bytes(), 1L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Sparse files of a terabyte, of which only the headers are read.</summary>
    [Theory]
    [InlineData("llama2c")]
    [InlineData("safetensors")]
    [InlineData("gguf")]
    public void A_model_larger_than_memory_is_refused_from_its_header(string format)
    {
        if (!OperatingSystem.IsLinux())
            return; // elsewhere such a file takes the disk
        var c = SmallModel.Shape(
            vocabulary: 1 << 20, width: 1 << 18, hidden: 32, layers: 1, heads: 1 << 12, keyValueHeads: 1, headWidth: 64, context: 8,
            tied: true);
        var path = format switch { "llama2c" => Llama2c(c), "gguf" => Gguf(c), _ => Safetensors(c) };
        var error = Assert.Throws<FileException>(() => Models.LoadReadable(path));
        Assert.Contains("GiB of memory", error.Message, StringComparison.Ordinal);
        Assert.Throws<FileException>(() => Models.Load(path));
    }

    private string Llama2c(LlamaConfiguration c)
    {
        using var file = File.Create(folder.File("x.bin"));
        foreach (var size in (int[])[c.Width, c.HiddenWidth, c.Layers, c.QueryHeads, c.KeyValueHeads, c.VocabularySize, c.ContextLength])
            file.Write(BitConverter.GetBytes(size));
        file.SetLength(28 + 4 * LlamaLayout.ParameterCount(c) + 2L * c.ContextLength * (c.HeadWidth / 2) * 4);
        return file.Name;
    }

    private string Gguf(LlamaConfiguration c)
    {
        var shapes = LlamaLayout.Of(c).ToDictionary(slot => slot.Name, slot => slot.Shape);
        GgufPart[] parts = [.. LlamaGguf.Names(c).Where(name => shapes.ContainsKey(name.Ours)).Select(name =>
            new GgufPart(name.Theirs, shapes[name.Ours], shapes[name.Ours].Count == 1 ? GgufType.F32 : GgufType.F16, _ => { }))];
        GgufWriter.Write(folder.File("x.gguf"), [.. LlamaGgufKeys.Of(c, GgufType.F16)], parts);
        using var file = File.OpenWrite(folder.File("x.gguf"));
        file.SetLength(file.Length + parts.Sum(part => part.Type.Bytes(part.Shape))); // every size here is a multiple of the alignment
        return file.Name;
    }

    private string Safetensors(LlamaConfiguration c)
    {
        LlamaConfigurationFile.Write(folder.File("config.json"), c, TorchSharp.torch.ScalarType.BFloat16);
        var (json, end) = (new StringBuilder("{"), 0L);
        foreach (var slot in LlamaLayout.Of(c))
        {
            json.Append(end == 0 ? "" : ",").Append($$"""
                "{{slot.Name}}":{"dtype":"BF16","shape":[{{string.Join(',', slot.Shape)}}],"data_offsets":[{{end}},{{end += 2
                    * slot.Count}}]}
                """.Trim());
        }

        var header = Encoding.UTF8.GetBytes(json.Append('}').ToString());
        using var file = File.Create(folder.File("model.safetensors"));
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        file.Write(length);
        file.Write(header);
        file.SetLength(8 + header.Length + end);
        return folder.Path;
    }
}
