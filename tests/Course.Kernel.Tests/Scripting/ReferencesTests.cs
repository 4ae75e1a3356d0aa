using Course.Kernel.Execution;
using Course.Kernel.Tests.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Kernel.Tests.Scripting;

/// <summary>A later reference must not change the types of existing values.</summary>
public sealed class ReferencesTests : IAsyncDisposable
{
    private static readonly MetadataReference[] Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("course-references").FullName;
    private readonly Notebook notebook;

    public ReferencesTests()
    {
        notebook = new(folder);
        var below = Compile("Below", "public class Ground { public string Says => \"below\"; }");
        Compile(
            "Above", "public class Roof { public Ground Ground => new(); public static string Of(Roof roof) => roof.Ground.Says; }", below);
    }

    [Fact]
    public async Task A_value_keeps_its_type_when_a_dependency_is_referenced_later()
    {
        await notebook.Run("#r \"Above.dll\"\nvar roof = new Roof();");
        Assert.Equal("below", await notebook.Text("#r \"Below.dll\"\nRoof same = roof;\nRoof.Of(roof)"));
    }

    [Fact]
    public async Task A_dependency_is_loaded_from_the_same_folder_and_visible_once_it_is_referenced()
    {
        Assert.Equal("below", await notebook.Text("#r \"Above.dll\"\nRoof.Of(new Roof())"));
        Assert.IsType<CellOutcome.Failed>(await notebook.Run("new Ground()"));
        var outcome = await notebook.Run("#r \"Below.dll\"\nnew Ground().Says");
        Assert.True(outcome is CellOutcome.Succeeded, outcome.ToString());
    }

    /// <summary>The kernel's own assembly depends on the library, the compiler and more.</summary>
    [Theory]
    [InlineData(typeof(Course.Core.CourseException))]
    [InlineData(typeof(CSharpCompilation))]
    public async Task The_kernels_functions_stay_the_same_when_a_dependency_of_the_kernel_is_referenced(Type needed)
    {
        await notebook.Run("var before = display(1);");
        var outcome = await notebook.Run($"#r \"{needed.Assembly.Location.Replace('\\', '/')}\"\ndisplay(2); before.Update(3);");
        Assert.True(outcome is CellOutcome.Succeeded, outcome.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await notebook.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private PortableExecutableReference Compile(string name, string code, params MetadataReference[] needs)
    {
        var file = Path.Combine(folder, name + ".dll");
        Assert.True(
            CSharpCompilation
                .Create(name, [CSharpSyntaxTree.ParseText(code)], [.. Framework, .. needs], new(OutputKind.DynamicallyLinkedLibrary))
                .Emit(file).Success);
        return MetadataReference.CreateFromFile(file);
    }
}
