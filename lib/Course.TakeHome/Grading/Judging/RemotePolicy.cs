using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Answering;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Grading.Judging;

/// <summary>An answer to "filter" in the candidate's process. It gets copies of the state; the service is simulated here.</summary>
internal sealed class RemotePolicy(JudgeSide judge, int handle) : IServicePolicy
{
    public bool Admits(ServiceRequest request, ServiceState state)
    {
        var answer = judge.Ask(Verb.Admits, question =>
        {
            ServicePolicies.Write(question.Int(handle), request);
            ServicePolicies.Write(question, state);
        });
        var admits = answer.Bool();
        answer.End();
        return admits;
    }

    public IReadOnlyList<ServiceRequest> Starts(ServiceState state) => Named(Verb.Starts, state);

    public IReadOnlyList<ServiceRequest> Drops(ServiceState state) => Named(Verb.Drops, state);

    private ServiceRequest[] Named(Verb verb, ServiceState state)
    {
        var answer = judge.Ask(verb, question => ServicePolicies.Write(question.Int(handle), state));
        var requests = ServicePolicies.Requests(answer);
        answer.End();
        return requests;
    }
}
