using System.Text.Json.Nodes;
using Course.Kernel.Jupyter;

namespace Course.Kernel.Tests.Jupyter;

public sealed class KernelSpecTests : IDisposable
{
    private const string Foreign = """
        {"argv": ["dotnet", "interactive", "jupyter", "{connection_file}"], "display_name": ".NET (C#)", "language": "C#"}
        """;

    private readonly string prefix = Directory.CreateTempSubdirectory("course-kernelspec").FullName;

    private string Kernels => Path.Combine(prefix, "share", "jupyter", "kernels");

    [Theory]
    [InlineData(".net-csharp", ".NET (C#)")]
    [InlineData("course-csharp", "C# (course)")]
    public void Install_writes_a_kernelspec_for_jupyter_and_uninstall_removes_it(string name, string shown)
    {
        Assert.Equal(new InstalledKernel(Kernels, Foreign: false, Taken: true), KernelSpec.Install(prefix));
        var spec = Spec(name);
        Assert.Equal((shown, "C#", "message"), ((string)spec["display_name"]!, (string)spec["language"]!, (string)spec["interrupt_mode"]!));
        Assert.Equal(
            ["kernel", "start", "--connection-file", "{connection_file}"], spec["argv"]!.AsArray().Select(a => (string)a!).TakeLast(4));
        Assert.True(KernelSpec.Uninstall(prefix));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Kernels));
        Assert.False(KernelSpec.Uninstall(prefix));
    }

    [Fact]
    public void Another_programs_kernel_with_the_notebooks_name_is_unchanged()
    {
        WriteForeign();
        Assert.Equal(new InstalledKernel(Kernels, Foreign: true, Taken: false), KernelSpec.Install(prefix));
        Assert.True(KernelSpec.Uninstall(prefix));
        Assert.Equal([Path.Combine(Kernels, ".net-csharp")], Directory.EnumerateFileSystemEntries(Kernels));
        Assert.Equal((Foreign, "logo"), ReadForeign());
    }

    [Fact]
    public void A_replaced_kernelspec_is_restored_completely_after_repeated_installs()
    {
        WriteForeign();
        Assert.Equal(new InstalledKernel(Kernels, Foreign: true, Taken: true), KernelSpec.Install(prefix, replace: true));
        Assert.Equal(new InstalledKernel(Kernels, Foreign: false, Taken: true), KernelSpec.Install(prefix, replace: true));
        Assert.Equal("kernel", (string)Spec(".net-csharp")["argv"]!.AsArray()[^4]!);
        Assert.True(KernelSpec.Uninstall(prefix));
        Assert.Equal([Path.Combine(Kernels, ".net-csharp")], Directory.EnumerateFileSystemEntries(Kernels));
        Assert.Equal((Foreign, "logo"), ReadForeign());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"argv\": 3}")]
    public void A_kernelspec_that_cannot_be_read_belongs_to_another_program(string content)
    {
        WriteForeign(content);
        Assert.False(KernelSpec.Install(prefix).Taken);
        KernelSpec.Uninstall(prefix);
        Assert.Equal((content, "logo"), ReadForeign());
    }

    [Fact]
    public void A_folder_for_jupyters_search_path_contains_only_the_notebooks_name()
    {
        Assert.Equal(prefix, KernelSpec.WriteTo(prefix));
        Assert.Equal(
            [Path.Combine(prefix, "kernels", ".net-csharp", "kernel.json")],
            Directory.EnumerateFiles(prefix, "*", SearchOption.AllDirectories));
    }

    public void Dispose() => Directory.Delete(prefix, recursive: true);

    private JsonNode Spec(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Kernels, name, "kernel.json")))!;

    private void WriteForeign(string content = Foreign)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Kernels, ".net-csharp")).FullName;
        File.WriteAllText(Path.Combine(folder, "kernel.json"), content);
        File.WriteAllText(Path.Combine(folder, "logo-32x32.png"), "logo");
    }

    private (string Spec, string Logo) ReadForeign()
    {
        var folder = Path.Combine(Kernels, ".net-csharp");
        return (File.ReadAllText(Path.Combine(folder, "kernel.json")), File.ReadAllText(Path.Combine(folder, "logo-32x32.png")));
    }
}
