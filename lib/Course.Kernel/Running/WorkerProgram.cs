namespace Course.Kernel.Running;

/// <summary>How to start the <c>course</c> command again: the program, and the arguments that precede its own.</summary>
public sealed record WorkerProgram(string FileName, IReadOnlyList<string> Arguments)
{
    private const string Name = "course";

    /// <summary>Finds this program or, if another program hosts it (such as a test), the one in the same folder.</summary>
    /// <exception cref="CourseException">The program was not found.</exception>
    public static WorkerProgram Locate()
    {
        var process = Environment.ProcessPath ?? "";
        if (Path.GetFileNameWithoutExtension(process) == Name)
            return new WorkerProgram(process, []);

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
