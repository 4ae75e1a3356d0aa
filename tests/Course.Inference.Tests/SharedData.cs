namespace Course.Inference.Tests;

/// <summary>
/// Test data beside the repository that is not part of it; tests that need it are skipped without it.
/// </summary>
public static class SharedData
{
    /// <summary>The folder <c>shared</c> beside this repository, or null.</summary>
    public static string? Folder { get; } = Find();

    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Folder ?? throw new InvalidOperationException("No shared folder here."), .. parts]);

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(System.IO.Path.Combine(at.FullName, "shared", "data", "README.md")))
                return System.IO.Path.Combine(at.FullName, "shared");
        return null;
    }
}

/// <summary>A test that reads <c>../shared/data</c>; without that folder it is skipped with a message.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute()
    {
        if (SharedData.Folder is null)
            Skip = "needs shared/data beside the repository";
    }
}

/// <inheritdoc cref="SharedDataFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    public SharedDataTheoryAttribute()
    {
        if (SharedData.Folder is null)
            Skip = "needs shared/data beside the repository";
    }
}
