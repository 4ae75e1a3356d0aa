using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using Course.TakeHome.Contracts;
using Course.TakeHome.Hidden;

namespace Course.TakeHome.Runner;

/// <summary>One exercise of one candidate: the visible checks on other data, then the hidden ones, each stated as it ends.</summary>
public static class RunnerProgram
{
    public static int Run(Stream input, Stream output)
    {
        var request = JsonSerializer.Deserialize<RunnerRequest>(input)!;
        var key = Convert.FromHexString(request.Key);
        // Own stream, nothing buffered: what candidates print goes nowhere and could not go between.
        using var writer = new StreamWriter(output) { AutoFlush = true };
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        var number = 0;
        void State(CheckOutcome? outcome, bool hidden) => writer.WriteLine(SignedLine.Of(new(number++, outcome, hidden), key));

        var adapter = new LateAdapter(request.Assembly);
        var variation = new Variation(request.Seed, request.Exercise, request.Trial);
        foreach (var (suites, hidden) in new[] { (CheckSuite.Visible, false), (HiddenSuites.All, true) })
            foreach (var suite in suites.Where(suite => suite.Exercise == request.Exercise))
                foreach (var outcome in CheckRunner.Run(suite, adapter, variation, TimeSpan.FromSeconds(request.SecondsPerCheck)))
                    State(outcome, hidden);
        State(null, false);
        Environment.Exit(0); // checks that timed out are still running
        return 0;
    }

    /// <summary>Loads the candidate's code inside the first check: what its constructors do is timed and caught like the rest.</summary>
    private sealed class LateAdapter(string path) : IAdapter
    {
        public object AnswerTo(string exercise)
        {
            var adapter = AssemblyLoadContext.Default.LoadFromAssemblyPath(path).GetTypes().SingleOrDefault(type => type.IsAssignableTo(typeof(IAdapter)) && !type.IsAbstract)
                ?? throw new CheckFailedException("There is no one class that implements IAdapter. See Adapter.cs.");
            try
            {
                return ((IAdapter)Activator.CreateInstance(adapter)!).AnswerTo(exercise);
            }
            catch (TargetInvocationException e) when (e.InnerException is not null)
            {
                throw e.InnerException;
            }
        }
    }
}
