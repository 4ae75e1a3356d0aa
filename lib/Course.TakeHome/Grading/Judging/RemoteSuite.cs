using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Judging;

/// <summary>A suite of tests in the candidate's process. The tests run there, on decoders in this process.</summary>
internal sealed class RemoteSuite(JudgeSide judge, int handle) : IDecoderTests
{
    private const int MostTests = 1_000;

    /// <summary>The list of tests, read anew each time: a check tests that it stays the same.</summary>
    public IReadOnlyList<DecoderTest> Tests
    {
        get
        {
            var answer = judge.Ask(Verb.Tests, question => question.Int(handle));
            var reading = answer.Int();
            var tests = answer.List(() => (Name: answer.Text(), Runs: answer.Bool()), 5, MostTests);
            answer.End();
            return [
                .. tests.Select((test, index) => new DecoderTest(test.Name, test.Runs ? decoder => Run(reading, index, decoder) : null!))
            ];
        }
    }

    private void Run(int reading, int index, ISpeculativeDecoder decoder) =>
        judge.Ask(Verb.RunTest, question => question.Int(reading).Int(index).Int(judge.Show(decoder))).End();
}
