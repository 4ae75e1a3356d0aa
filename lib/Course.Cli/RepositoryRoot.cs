namespace Course.Cli;

/// <summary>Finds the folder of the repository, which contains Course.sln.</summary>
internal static class RepositoryRoot
{
    /// <summary>Searches upward from the current directory, then from the program's folder.</summary>
    /// <exception cref="CourseException">Neither folder is inside the repository.</exception>
    public static string Find() =>
        SearchUpward(Environment.CurrentDirectory) ?? SearchUpward(AppContext.BaseDirectory) ?? throw new CourseException(
            $"There is no Course.sln in {Environment.CurrentDirectory} or above it. Run the command inside the course's repository.");

    private static string? SearchUpward(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Course.sln")))
                return folder.FullName;
        return null;
    }
}
