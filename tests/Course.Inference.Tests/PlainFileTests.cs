using System.Diagnostics;
using System.Runtime.Versioning;
using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.HuggingFace;
using Course.Inference.Checkpoints.Safetensors;

namespace Course.Inference.Tests;

public sealed class PlainFileTests : IDisposable
{
    // on a machine with other work; a pipe that is opened waits for ever
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>The names of every kind of file from which a model, a tokenizer or a configuration is read.</summary>
    public static TheoryData<string> Names => [
        "model.gguf", "model.bin", "tok.bin", "tokenizer.json", "vocab.json", "config.json", "model.safetensors"
    ];

    private void Read(string name)
    {
        var path = folder.File(name);
        switch (name)
        {
            case "model.gguf" or "model.bin":
                Models.LoadReadable(path).Dispose();
                break;
            case "config.json":
                LlamaConfigurationFile.Read(path);
                break;
            case "model.safetensors":
                SafetensorsFile.Open(path).Dispose();
                break;
            default:
                TokenizerFile.Load(path);
                break;
        }
    }

    private async Task<string> Refusal(string name)
    {
        var reading = Task.Run(() => Assert.ThrowsAny<CourseException>(() => Read(name)).Message);
        return await reading.WaitAsync(AtOnce);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_pipe_in_a_files_place_is_refused_at_once(string name)
    {
        if (OperatingSystem.IsWindows())
            return;
        MakePipe(folder.File(name));
        Assert.Contains("this is a pipe", await Refusal(name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_pointer_of_git_lfs_is_called_by_its_name(string name)
    {
        File.WriteAllText(folder.File(name),
            "version https://git-lfs.github.com/spec/v1\noid " +
            "sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n");
        Assert.Contains("a pointer of Git LFS", await Refusal(name), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    public async Task A_folder_in_a_files_place_is_refused(string name)
    {
        Directory.CreateDirectory(folder.File(name));
        Assert.Contains(name == "tokenizer.json" ? "no tokenizer" : "this is a folder", await Refusal(name), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_that_is_a_pipe_is_refused()
    {
        if (!File.Exists("/dev/stdin"))
            return;
        var told = await Task.Run(() => Assert.ThrowsAny<CourseException>(() => Models.LoadReadable("/dev/stdin")).Message)
            .WaitAsync(AtOnce);
        Assert.StartsWith("/dev/stdin: ", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plain_file_opens_and_is_read_from_its_beginning()
    {
        File.WriteAllText(folder.File("x"), "version of something else");
        using var stream = PlainFile.Open(folder.File("x"));
        Assert.Equal('v', stream.ReadByte());
        Assert.Contains(
            "does not exist", Assert.Throws<CourseException>(() => PlainFile.Open(folder.File("absent"))).Message,
            StringComparison.Ordinal);
    }

    [UnsupportedOSPlatform("windows")]
    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path])!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
