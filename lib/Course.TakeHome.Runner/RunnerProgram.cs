using Course.TakeHome.Runner.Answering;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Runner;

/// <summary>
/// The process that runs a candidate's code. It holds that code and the contracts, and nothing worth stealing: models, randomness, expected
/// values, decoders and verdicts are on the other side of the wire.
/// </summary>
public static class RunnerProgram
{
    private const int Stack = 16 * 1024 * 1024;

    /// <summary>Answers the judge's questions until the judge ends the conversation, and ends the process.</summary>
    /// <param name="assembly">The path of the candidate's compiled assembly.</param>
    /// <param name="input">The stream of questions.</param>
    /// <param name="output">The stream of replies.</param>
    public static int Run(string assembly, Stream input, Stream output)
    {
        Console.SetOut(TextWriter.Null); // output of answers is discarded
        Console.SetError(TextWriter.Null);
        Console.SetIn(TextReader.Null);
        var host = new AnswerHost(new LateAdapter(assembly));
        var wire = new Wire(new(input, output), host.Answer, saysWhere: true);
        var serving = new Thread(() => Serve(wire), Stack);
        serving.Start();
        serving.Join();
        Environment.Exit(0); // threads that answers have started may still be running
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
            // The judge has ended the conversation.
        }
    }
}
