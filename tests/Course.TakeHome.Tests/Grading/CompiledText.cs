using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.TakeHome.Tests.Grading;

/// <summary>Compiles source text to the bytes of an assembly, which is not loaded into this process.</summary>
internal static class CompiledText
{
    private static readonly MetadataReference[] References =
    [
        .. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(path => IsManaged(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(CourseException).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Contracts.IAdapter).Assembly.Location),
    ];

    private static bool IsManaged(string name) =>
        (name.StartsWith("System", StringComparison.Ordinal) || name == "Microsoft.CSharp.dll")
        && !name.Contains("Native", StringComparison.Ordinal);

    public static byte[] Bytes(params string[] texts)
    {
        var compilation = CSharpCompilation.Create(
            "Answers", texts.Select(text => CSharpSyntaxTree.ParseText(text)), References,
            new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return image.ToArray();
    }

    /// <summary>The source of an adapter that runs some statements for every answer.</summary>
    public static string Adapter(string statements) => $$"""
        using System;
        using System.Linq;
        using System.Collections.Generic;
        using Course.Core;
        using Course.TakeHome.Contracts;
        public sealed class Adapter : IAdapter
        {
            public object AnswerTo(string exercise)
            {
                {{statements}}
                throw new NotImplementedException(exercise);
            }
        }
        """;
}
