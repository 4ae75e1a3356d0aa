using System.Reflection;
using Course.TakeHome.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.TakeHome.Tests.Exercises;

/// <summary>The text of an Answer.cs, compiled in this process against the assemblies of a candidate's folder alone.</summary>
internal sealed class AnswerText : IAdapter
{
    // Static, because every reference is read from disk.
    private static readonly MetadataReference[] References =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System*.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(CourseException).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(IAdapter).Assembly.Location),
    ];

    private readonly Assembly assembly;

    public AnswerText(string text)
    {
        var compilation = CSharpCompilation.Create(
            "Answer", [CSharpSyntaxTree.ParseText(text)], References,
            new(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(
            result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        assembly = Assembly.Load(image.ToArray());
    }

    public object AnswerTo(string exercise)
    {
        var contract = CheckSuite.Visible.Single(suite => suite.Exercise == exercise).Contract;
        return Activator.CreateInstance(assembly.GetTypes().Single(type => type.IsPublic && type.IsAssignableTo(contract)))!;
    }
}
