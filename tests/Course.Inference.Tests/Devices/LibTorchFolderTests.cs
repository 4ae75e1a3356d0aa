using Course.Inference.Devices;

namespace Course.Inference.Tests.Devices;

public sealed class LibTorchFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("course-").FullName;

    [Theory]
    [InlineData("")]
    [InlineData("lib")]
    [InlineData("torch/lib")]
    [InlineData("lib/python3.12/site-packages/torch/lib")]
    [InlineData("lib/python3/dist-packages/torch/lib")]
    public void Is_found_from_the_folder_itself_up_to_a_python_prefix(string where)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, where)).FullName;
        File.WriteAllText(Path.Combine(folder, LibTorchFolder.CoreLibrary), "");

        Assert.Equal(folder.TrimEnd('/'), LibTorchFolder.Find(root).TrimEnd('/'));
    }

    [Fact]
    public void Where_there_is_none_the_error_names_path_variable_and_remedy()
    {
        var error = Assert.Throws<CourseException>(() => LibTorchFolder.Find(root));
        Assert.Contains(root, error.Message, StringComparison.Ordinal);
        Assert.Contains(LibTorch.PathVariable, error.Message, StringComparison.Ordinal);
        Assert.Contains("Python installation", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
