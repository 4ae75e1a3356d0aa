using System.CommandLine;
using Course.Cli.Verbs;
using Course.Inference;

namespace Course.Cli;

/// <summary>The command `course`: its verbs, and how errors reach the reader.</summary>
internal static class CourseCommand
{
    private const int Failed = 1;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    internal const int Cancelled = 130;

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Print stack traces of errors.", Recursive = true };

    /// <summary>How long a verb may take to end after Ctrl-C or a termination signal: a training step under way, and its checkpoint, take longer than the default of 2 s.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

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

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Build().Parse(args);
        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Patience });
        }
        catch (OperationCanceledException)
        {
            return Cancelled;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(Explain(e, parsed.GetValue(Verbose)));
            return Failed;
        }
    }

    private static string Explain(Exception e, bool verbose) => (e, verbose) switch
    {
        (_, true) => e.ToString(),
        (CourseException, _) => $"error: {e.Message}",
        _ => $"error: {e.GetType().Name}: {e.Message}\nThis was not foreseen. Run again with --verbose to see where it came from.",
    };
}
