using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Runner.Answering;

/// <summary>Exercise "tests" over the wire: the tests run here, the decoders that they test run on the judge's side.</summary>
internal sealed class Suites
{
    private readonly List<DecoderTest?[]> readings = [];

    /// <summary>Reads the list of tests once, keeps it, and writes its number and its names.</summary>
    public MessageWriter List(IDecoderTests answer)
    {
        DecoderTest?[] tests = [.. answer.Tests ?? throw AnswerHost.Null("Tests")];
        readings.Add(tests);
        var message = new MessageWriter().Int(readings.Count - 1);
        return message.List(tests, test => message.Text(test?.Name ?? "").Bool(test?.Run is not null));
    }

    public MessageWriter Run(Wire wire, MessageReader question)
    {
        var (reading, index, decoder) = (question.Int(), question.Int(), question.Int());
        readings[reading][index]!.Run(new RemoteDecoder(wire, (byte)Verb.Decode, decoder));
        return new();
    }
}
