using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Course.Cli.Tests.Architecture;

/// <summary>Finds the dependencies between projects and folders in the compiled assemblies.</summary>
internal static class Ladder
{
    private static readonly Lazy<IReadOnlyList<IType>> Compiled = new(() =>
    [
        .. new ArchLoader().LoadFilteredDirectory(AppContext.BaseDirectory, "Course.*.dll")
            .LoadAssembly(typeof(CourseCommand).Assembly).Build().Types,
    ]);

    /// <summary>All types of the course's own assemblies, except tests.</summary>
    public static IEnumerable<IType> Types => Compiled.Value.Where(type =>
        type is { Namespace: not null, Assembly: not null } && !type.Assembly.Name.Contains(".Tests", StringComparison.Ordinal));

    /// <summary>Types of this test project, with arrows that go upward.</summary>
    public static IEnumerable<IType> Planted => Compiled.Value.Where(type =>
        type.Namespace?.FullName.StartsWith(typeof(Ladder).Namespace + ".Planted", StringComparison.Ordinal) == true);

    /// <summary>One arrow for each type that depends on a type of another room (a project or folder).</summary>
    /// <param name="types">The types of all rooms.</param>
    /// <param name="roomOf">Returns the room of a type; null if it is in none of them.</param>
    public static IReadOnlyList<Arrow> Arrows(IEnumerable<IType> types, Func<IType, string?> roomOf) =>
        [.. from type in types
            from needed in type.Dependencies.Select(dependency => dependency.Target).Distinct()
            let arrow = new Arrow(roomOf(type)!, roomOf(needed)!, type.FullName, needed.FullName)
            where arrow.From is not null && arrow.To is not null && arrow.From != arrow.To
            select arrow];
}

/// <summary>A type that depends on a type of another room.</summary>
internal sealed record Arrow(string From, string To, string Type, string Needed)
{
    public override string ToString() => $"{From} → {To}: {Type} needs {Needed}";
}
