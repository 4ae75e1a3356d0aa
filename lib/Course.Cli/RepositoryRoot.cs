namespace Course.Cli;

/// <summary>The course's own folder: the one that holds Course.sln.</summary>
internal static class RepositoryRoot
{
    /// <summary>Searched upward from the current directory, then from where the program lies.</summary>
    /// <exception cref="CourseException">Neither is inside the repository.</exception>
    public static string Find() =>
        SearchUpward(Environment.CurrentDirectory) ?? SearchUpward(AppContext.BaseDirectory) ?? throw new CourseException(
            $"No Course.sln in {Environment.CurrentDirectory} or above it. Run the command inside the course's repository.");

    private static string? SearchUpward(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Course.sln")))
                return folder.FullName;
        return null;
    }
}
