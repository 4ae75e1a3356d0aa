using Course.TakeHome.Runner.Answering;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Runner;

/// <summary>
/// The process that a candidate's code runs in. It holds that code and the contracts, and nothing that anybody would want to steal: models,
/// chance, expected values, decoders and verdicts are on the other side of the wire.
/// </summary>
public static class RunnerProgram
{
    private const int Stack = 16 * 1024 * 1024;

    /// <param name="assembly">The candidate's, compiled.</param>
    /// <param name="input">Questions.</param>
    /// <param name="output">Answers.</param>
    public static int Run(string assembly, Stream input, Stream output)
    {
        Console.SetOut(TextWriter.Null); // what answers print goes nowhere
        Console.SetError(TextWriter.Null);
        Console.SetIn(TextReader.Null);
        var host = new AnswerHost(new LateAdapter(assembly));
        var wire = new Wire(new(input, output), host.Answer, saysWhere: true);
        var serving = new Thread(() => Serve(wire), Stack);
        serving.Start();
        serving.Join();
        Environment.Exit(0); // threads that the answers left are still running
        return 0;
    }

    private static void Serve(Wire wire)
    {
        try
        {
            wire.Serve();
        }
        catch (WireException)
        {
            // The judge has heard enough.
        }
    }
}
