using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner;

/// <summary>Puts decoders before a candidate's tests. A test objects by throwing; one that takes too long says nothing.</summary>
internal static class SuspectRun
{
    private const int Stack = 16 * 1024 * 1024;

    // Threads cannot be ended: a few endless tests would leave no processor for the others.
    private const int MostEndless = 3;

    public static IEnumerable<SuspectOutcome> Outcomes(RunnerRequest request)
    {
        var adapter = new LateAdapter(request.Assembly);
        var endless = 0;
        foreach (var (name, decoder) in Decoders.In(request.Decoders))
        {
            var outcome = endless < MostEndless ? Of(name, adapter, request, decoder) : new(name, 0, [], "", Ended: false);
            endless += outcome.Ended ? 0 : 1;
            yield return outcome;
        }
    }

    private static SuspectOutcome Of(string name, IAdapter adapter, RunnerRequest request, Func<ISpeculativeDecoder> decoder)
    {
        SuspectOutcome? outcome = null;
        var thread = new Thread(() => outcome = Judged(name, adapter, request.Exercise, decoder), Stack) { IsBackground = true };
        thread.Start();
        thread.Join(TimeSpan.FromSeconds(request.SecondsPerCheck));
        return outcome ?? new(name, 0, [], "", Ended: false);
    }

    private static SuspectOutcome Judged(string name, IAdapter adapter, string exercise, Func<ISpeculativeDecoder> decoder)
    {
        List<string> objecting = [];
        var first = "";
        var tests = Tests(adapter, exercise);
        foreach (var test in tests)
        {
            try
            {
                test.Run(decoder()); // another one for each test: what one broke the next does not see
            }
            catch (Exception e)
            {
                objecting.Add(test.Name ?? "");
                first = objecting.Count == 1 ? e.Message : first;
            }
        }
        return new(name, tests.Count, objecting, first, Ended: true);
    }

    private static IReadOnlyList<DecoderTest> Tests(IAdapter adapter, string exercise)
    {
        try
        {
            return ((IDecoderTests)adapter.AnswerTo(exercise)).Tests;
        }
        catch (Exception)
        {
            return []; // the checks have said what is wrong with it
        }
    }
}
