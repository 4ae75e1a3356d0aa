using System.CommandLine;
using Course.Cli.Verbs;

namespace Course.Cli;

/// <summary>The command `course`: its verbs, and how errors reach the reader.</summary>
internal static class CourseCommand
{
    private const int Failed = 1;

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Print stack traces of errors.", Recursive = true };

    public static RootCommand Build() => new("Fast LLM decoding, measured: runs the course's notebooks, models and checks.")
    {
        Verbose,
        BenchVerb.Build(),
        CleanVerb.Build(),
        DoctorVerb.Build(),
        EvaluateVerb.Build(),
        ExportVerb.Build(),
        GenerateVerb.Build(),
        InterviewVerb.Build(),
        KernelVerb.Build(),
        LabVerb.Build(),
        MutantsVerb.Build(),
        RunVerb.Build(),
        TakeHomeVerb.Build(),
        TrainVerb.Build(),
    };

    /// <summary>An argument that begins with @ is an ordinary text, not a file of further arguments.</summary>
    public static ParserConfiguration Parsing { get; } = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Build().Parse(args, Parsing);
        if (Misunderstood(parsed) is { } failed)
            return failed;
        using var interruption = Interruption.Listen(parsed.CommandResult.Command);
        try
        {
            var code = await parsed.InvokeAsync(Invocation, interruption.Token);
            return interruption.ExitCode ?? code;
        }
        catch (Exception) when (interruption.ExitCode is not null)
        {
            return interruption.ExitCode.Value; // whatever the error, the verb had been asked to stop
        }
        catch (Exception e)
        {
            Tell(Failure.Explain(e, parsed.GetValue(Verbose)));
            return Failed;
        }
    }

    /// <summary>Exceptions are passed on to the caller, and <see cref="Interruption"/> handles signals.</summary>
    internal static InvocationConfiguration Invocation => new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    /// <summary>Prints what is wrong with a command line, and how to get help.</summary>
    /// <returns>The exit code; null if nothing is wrong.</returns>
    internal static int? Misunderstood(ParseResult parsed)
    {
        var errors = ParseErrors.Of(parsed);
        if (errors.Count == 0)
            return null;
        if (parsed.UnmatchedTokens.Count == 0 && parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 })
        {
            Build().Parse([.. ParseErrors.Path(parsed).Split(' ')[1..], "--help"]).Invoke(Invocation); // a verb is missing: list them
            return Failed;
        }
        foreach (var error in errors)
            Tell($"error: {SafeText.Line(error)}");
        Tell($"`{ParseErrors.Path(parsed)} --help` lists what there is.");
        return Failed;
    }

    private static void Tell(string message)
    {
        try
        {
            Console.Error.WriteLine(message);
        }
        catch (IOException)
        {
            // The error stream is closed too, so the message is lost.
        }
    }
}
