using System.Text.Json.Nodes;
using Course.Kernel.Jupyter;

namespace Course.Kernel.Tests.Jupyter;

public sealed class KernelSpecTests : IDisposable
{
    private readonly string prefix = Directory.CreateTempSubdirectory("course-kernelspec").FullName;

    [Fact]
    public void Install_writes_what_jupyter_reads_and_uninstall_takes_it_away()
    {
        var folder = KernelSpec.Install(prefix);
        Assert.Equal(Path.Combine(prefix, "share", "jupyter", "kernels", ".net-csharp"), folder);
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!;
        Assert.Equal(("C#", "message"), ((string)spec["language"]!, (string)spec["interrupt_mode"]!));
        Assert.Equal(["kernel", "start", "--connection-file", "{connection_file}"], spec["argv"]!.AsArray().Select(a => (string)a!).TakeLast(4));
        Assert.True(KernelSpec.Uninstall(prefix));
        Assert.False(KernelSpec.Uninstall(prefix));
    }

    public void Dispose() => Directory.Delete(prefix, recursive: true);
}
