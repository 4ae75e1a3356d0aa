using System.Reflection.PortableExecutable;
using Xunit.Abstractions;

namespace Course.Cli.Tests.Build;

/// <summary>
/// The compiler that the notebooks use is compiled ahead for the machine on which the course was built; elsewhere it runs from IL, slower.
/// </summary>
public class CompileAheadTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Microsoft.CodeAnalysis.dll")]
    [InlineData("Microsoft.CodeAnalysis.CSharp.dll")]
    [InlineData("Microsoft.CodeAnalysis.Scripting.dll")]
    public void The_command_has_its_compiler_compiled(string assembly)
    {
        var project = Path.Combine(RepositoryRoot.Find(), "lib", "Course.Cli");
        if (!File.Exists(Path.Combine(project, "obj", "ahead", assembly)))
        {
            output.WriteLine("Built with -p:CompileAhead=false, or for a system that has no such compiler: nothing to look at.");
            return;
        }

        var built = new FileInfo(typeof(RepositoryRoot).Assembly.Location).Directory!; // …/bin/Configuration/net10.0
        using var file = File.OpenRead(Path.Combine(project, "bin", built.Parent!.Name, built.Name, assembly));
        using var image = new PEReader(file);
        Assert.NotEqual(0, image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }
}
