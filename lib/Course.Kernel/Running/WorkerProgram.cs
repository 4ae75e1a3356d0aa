namespace Course.Kernel.Running;

/// <summary>How to start the command <c>course</c> once more: a file, and what comes before its own arguments.</summary>
public sealed record WorkerProgram(string FileName, IReadOnlyList<string> Arguments)
{
    private const string Name = "course";

    /// <summary>This very program, or, where something else hosts it (a test does), the one that lies beside it.</summary>
    /// <exception cref="CourseException">There is none.</exception>
    public static WorkerProgram Locate()
    {
        var process = Environment.ProcessPath ?? "";
        if (Path.GetFileNameWithoutExtension(process) == Name)
        {
            return new WorkerProgram(process, []);
        }

        var library = Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        return File.Exists(library)
            ? new WorkerProgram(DotnetHost(process), [library])
            : throw new CourseException(
                $"Cannot start a process for the notebook: expected the program '{Name}' at {library}. "
                + "Build it: dotnet build -c Release lib/Course.Cli");
    }

    private static string DotnetHost(string process) =>
        Path.GetFileNameWithoutExtension(process) == "dotnet"
            ? process
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
