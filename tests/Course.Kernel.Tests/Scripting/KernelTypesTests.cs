using Course.Kernel.Execution;
using Course.Kernel.Tests.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Kernel.Tests.Scripting;

/// <summary>A package made for .NET Interactive brings types with the names that this kernel offers to cells.</summary>
public sealed class KernelTypesTests : IAsyncDisposable
{
    // Declared as in Microsoft.DotNet.Interactive, with one more type that only it has and that uses them.
    private const string Foreign = """
        namespace Microsoft.DotNet.Interactive;
        public class Kernel { public static object display(object value, params string[] types) => throw new System.NotSupportedException(); }
        public class DisplayedValue { }
        public static class DisplayExtensions { public static DisplayedValue Display(this object value, params string[] types) => null; }
        public class CompositeKernel : Kernel { public static string Says(DisplayedValue shown = null) => "usable"; }
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("course-kernel-types").FullName;
    private readonly Notebook notebook;

    public KernelTypesTests()
    {
        notebook = new(folder);
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Foreign.Interactive", [CSharpSyntaxTree.ParseText(Foreign)], libraries, new(OutputKind.DynamicallyLinkedLibrary));
        Assert.True(compilation.Emit(Path.Combine(folder, "Foreign.Interactive.dll")).Success);
    }

    [Fact]
    public async Task The_kernels_own_functions_work_beside_an_assembly_with_the_same_names()
    {
        Assert.IsType<CellOutcome.Succeeded>(await notebook.Run("#r \"Foreign.Interactive.dll\""));
        Assert.IsType<CellOutcome.Succeeded>(await notebook.Run(
            "display(1); Kernel.display(2); Microsoft.DotNet.Interactive.Kernel.display(3); " +
            "4.Display(); DisplayedValue shown = display(5);"));
        Assert.Equal(["1", "2", "3", "4", "5"], notebook.Output.Displays.Select(shown => shown.Content.Text));
    }

    [Fact]
    public async Task Other_types_of_that_assembly_are_usable_and_unchanged() =>
        Assert.Equal("usable", await notebook.Text("#r \"Foreign.Interactive.dll\"\nMicrosoft.DotNet.Interactive.CompositeKernel.Says()"));

    [Fact]
    public async Task The_language_services_see_no_second_kernel()
    {
        await notebook.Run("#r \"Foreign.Interactive.dll\"");
        const string Code = "Kernel.disp";
        Assert.Contains(
            "display", (await notebook.Engine.Language.CompleteAsync(Code, Code.Length, default)).Items.Select(item => item.Text));
    }

    public async ValueTask DisposeAsync()
    {
        await notebook.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
