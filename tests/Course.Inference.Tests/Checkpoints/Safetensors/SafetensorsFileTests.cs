using Course.Inference.Checkpoints.Safetensors;
using static Course.Inference.Tests.Checkpoints.Safetensors.SafetensorsBytes;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    private string Path => folder.File("model.safetensors");

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    public static TheoryData<string, int, string> Broken => new()
    {
        { "not json", 0, "expected one JSON object" },
        { "[]", 0, "expected one JSON object; it is of kind Array" },
        { "{} {}", 0, "expected one JSON object" },
        { "{\"a\":1}", 0, "tensor \"a\" needs a dtype" },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", 4, "needs a dtype" },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,4]}}", 4, "needs a dtype" },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4, "needs a dtype" },
        { "{\"a\":{\"dtype\":null,\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "needs a dtype" },
        { "{" + Entry("a", "F31", "[1]", 0, 4) + "}", 4, "unknown dtype \"F31\"" },
        { "{" + Entry("a", "F32", "[2]", 0, 4) + "}", 4, "F32 [2] does not fit its data_offsets [0, 4]" },
        { "{" + Entry("a", "F32", "[1]", 4, 0) + "}", 4, "does not fit" },
        { "{" + Entry("a", "F32", "[4611686018427387904,4611686018427387904]", 0, 0) + "}", 0, "does not fit" },
        { "{" + Entry("a", "U8", "[9223372036854775807]", 0, 9223372036854775807) + "}", 4, "does not fit" },
        { "{" + Entry("a", "F32", "[0]", 9223372036854775807, 9223372036854775807) + "}", 4, "beyond the end of any file" },
        { "{" + Entry("a", "F32", "[1]", 0, 4) + "," + Entry("a", "F32", "[1]", 4, 8) + "}", 8, "expected one JSON object" },
        { "{" + Entry("a", "F32", "[2]", 0, 8) + "," + Entry("b", "F32", "[2]", 4, 12) + "}", 12, "tensor \"b\" begins at byte" },
        { "{" + Entry("a", "F32", "[1]", 0, 4) + "," + Entry("b", "F32", "[1]", 8, 12) + "}", 12, "tensor \"b\" begins at byte" },
        { "{" + Entry("a", "F32", "[2]", 0, 8) + "}", 7, "describes" },
        { "{" + Entry("a", "F32", "[2]", 0, 8) + "}", 9, "describes" },
        { "{" + Entry("\\ud800", "F32", "[1]", 0, 4) + "}", 4, "expected one JSON object" },
        { "{" + Entry("a\\u001b[31m\\n", "F32", "[9]", 0, 4) + "}", 4, "tensor \"a\\u001B[31m\\n\"" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_header_that_does_not_hold_together_is_refused(string header, int dataBytes, string expected) =>
        Assert.Contains(expected, Refusal(Of(header, dataBytes)), StringComparison.Ordinal);

    [Fact]
    public void A_length_that_no_header_has_is_refused_before_anything_is_allocated()
    {
        foreach (var claim in (ulong[])[3, 100_000_001, long.MaxValue, ulong.MaxValue])
            Assert.Contains($"a header of {claim} bytes", Refusal(Of("{}", 0, claim)), StringComparison.Ordinal);
        Assert.Contains("has only 5 bytes", Refusal([1, 2, 3, 4, 5]), StringComparison.Ordinal);
        Assert.Contains("expected one JSON object", Refusal(Of("{}", 0, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_text_are_refused()
    {
        var bytes = Of("{\"a\":1}", 0);
        bytes[10] = 0xff;
        Assert.Contains("it is not UTF-8", Refusal(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains($"{Path}: the file cannot be read. Check that it is there and readable (it does not exist).",
            Assert.Throws<FileException>(() => SafetensorsFile.Open(Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void Tensors_of_other_types_than_weights_are_listed_but_not_read()
    {
        File.WriteAllBytes(Path, Of("{" + Entry("ids", "I64", "[2]", 0, 16) + "}", 16));
        using var file = SafetensorsFile.Open(Path);
        Assert.Equal([2L], file.Entries["ids"].Shape);
        var error = Assert.Throws<FileException>(() => file.Read("ids"));
        Assert.Contains(
            "tensor \"ids\" is of type I64, where weights of type F32, F16 or BF16 were expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_shrinks_after_it_was_opened_is_an_error_and_leaves_no_tensor()
    {
        File.WriteAllBytes(Path, Of("{" + Entry("a", "F32", "[4]", 0, 16) + "}", 16));
        using var stream = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var before = LiveTensors.OfThisThread;
        using var file = SafetensorsFile.Open(Path);
        stream.SetLength(stream.Length - 3);
        Assert.Throws<FileException>(() => file.Read("a"));
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    public void What_is_written_is_read_back(ScalarType type)
    {
        var generator = new Generator(1);
        var tensors = new Dictionary<string, Tensor>
        {
            ["b"] = randn([3, 5], generator: generator),
            ["a"] = randn([7], generator: generator),
            ["empty"] = zeros(0, 4),
            ["scalar"] = tensor(2.5f),
            ["part"] = randn([6, 6], generator: generator)[TensorIndex.Slice(1, 4), TensorIndex.Slice(2, 4)],
        };
        SafetensorsWriter.Write(Path, tensors, type);
        using var file = SafetensorsFile.Open(Path);
        Assert.Equal(tensors.Keys.Order(), file.Entries.Keys.Order());
        foreach (var (name, expected) in tensors)
        {
            var actual = file.Read(name);
            Assert.Equal(type, actual.dtype);
            Assert.Equal(expected.shape, actual.shape);
            Assert.True(actual.eq(expected.to(type)).all().item<bool>(), name);
        }
    }

    [Fact]
    public void Equal_tensors_give_equal_files_whose_data_is_aligned()
    {
        Dictionary<string, Tensor> one = new() { ["a"] = ones(3), ["bb"] = ones(2, 2) },
            other = new() { ["bb"] = ones(2, 2), ["a"] = ones(3) };
        SafetensorsWriter.Write(Path, one, ScalarType.Float16);
        var first = File.ReadAllBytes(Path);
        SafetensorsWriter.Write(Path, other, ScalarType.Float16);
        Assert.Equal(first, File.ReadAllBytes(Path));
        using var file = SafetensorsFile.Open(Path);
        Assert.Equal(0, file.Entries["a"].Offset % 8);
        Assert.Equal([Path], Directory.GetFiles(folder.Path)); // nothing beside it
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_beside_it()
    {
        SafetensorsWriter.Write(Path, new Dictionary<string, Tensor> { ["a"] = ones(3) }, ScalarType.Float32);
        var before = File.ReadAllBytes(Path);
        var tensors = new Dictionary<string, Tensor> { ["a"] = zeros(3) };
        Assert.Throws<CourseException>(() => SafetensorsWriter.Write(Path, tensors, ScalarType.Int64));
        Directory.CreateDirectory(folder.File("taken"));
        var error = Assert.Throws<FileException>(() => SafetensorsWriter.Write(folder.File("taken"), tensors, ScalarType.Float32));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Equal([Path], Directory.GetFiles(folder.Path));
    }

    private string Refusal(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        var error = Assert.Throws<FileException>(() => SafetensorsFile.Open(Path));
        Assert.StartsWith(Path, error.Message, StringComparison.Ordinal);
        return error.Message;
    }
}
