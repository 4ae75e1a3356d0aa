using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Course.Cli.Tests.Architecture;

/// <summary>Which room of the house needs which other, as the compiled assemblies say.</summary>
internal static class Ladder
{
    private static readonly Lazy<IReadOnlyList<IType>> Compiled = new(() =>
    [
        .. new ArchLoader().LoadFilteredDirectory(AppContext.BaseDirectory, "Course.*.dll")
            .LoadAssembly(typeof(CourseCommand).Assembly).Build().Types,
    ]);

    /// <summary>All types of the course's own assemblies, those of tests left out.</summary>
    public static IEnumerable<IType> Types => Compiled.Value.Where(type =>
        type is { Namespace: not null, Assembly: not null } && !type.Assembly.Name.Contains(".Tests", StringComparison.Ordinal));

    /// <summary>Types of this test's own, with arrows that go up.</summary>
    public static IEnumerable<IType> Planted => Compiled.Value.Where(type =>
        type.Namespace?.FullName.StartsWith(typeof(Ladder).Namespace + ".Planted", StringComparison.Ordinal) == true);

    /// <summary>An arrow for each type that needs one of another room.</summary>
    /// <param name="types">Of all rooms.</param>
    /// <param name="roomOf">The room that a type is in; null for one that is in none of them.</param>
    public static IReadOnlyList<Arrow> Arrows(IEnumerable<IType> types, Func<IType, string?> roomOf) =>
        [.. from type in types
            from needed in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            let arrow = new Arrow(roomOf(type)!, roomOf(needed)!, type.FullName, needed.FullName)
            where arrow.From is not null && arrow.To is not null && arrow.From != arrow.To
            select arrow];
}

/// <summary>A type that needs a type of another room.</summary>
internal sealed record Arrow(string From, string To, string Type, string Needed)
{
    public override string ToString() => $"{From} → {To}: {Type} needs {Needed}";
}
