using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Answering;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Judging;

/// <summary>An answer to "pressure" in the candidate's process. Its chart is sent as numbers and drawn here.</summary>
internal sealed class RemotePressure(JudgeSide judge, int handle) : IBatchPressure
{
    public double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow) =>
        Said(
            judge.Ask(Verb.CallSeconds,
                question => PressureCases.Write(PressureCases.Write(question.Int(handle), machine), model).Int(rows).Int(tokensPerRow)),
            answer => answer.Double());

    public double Speedup(PressureCase @case, int rows) =>
        Said(judge.Ask(Verb.BatchSpeedup, question => PressureCases.Write(question.Int(handle), @case).Int(rows)),
            answer => answer.Double());

    public int Crossover(PressureCase @case, int most) =>
        Said(judge.Ask(Verb.Crossover, question => PressureCases.Write(question.Int(handle), @case).Int(most)), answer => answer.Int());

    public LineChart Chart(PressureCase @case) =>
        Said(judge.Ask(Verb.Chart, question => PressureCases.Write(question.Int(handle), @case)), PressureCases.Chart);

    private static T Said<T>(MessageReader answer, Func<MessageReader, T> read)
    {
        var said = read(answer);
        answer.End();
        return said;
    }
}
