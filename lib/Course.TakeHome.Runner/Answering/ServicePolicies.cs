using Course.TakeHome.Contracts;
using Course.TakeHome.Runner.Protocol;

namespace Course.TakeHome.Runner.Answering;

/// <summary>Exercise "filter" over the wire.</summary>
public static class ServicePolicies
{
    private const int RequestBytes = 21, MostRequests = 10_000;

    internal static MessageWriter Admits(IServicePolicy policy, MessageReader question) =>
        new MessageWriter().Bool(policy.Admits(Request(question), State(question)));

    internal static MessageWriter Starts(IServicePolicy policy, MessageReader question) => Listed(policy.Starts(State(question)), "Starts");

    internal static MessageWriter Drops(IServicePolicy policy, MessageReader question) => Listed(policy.Drops(State(question)), "Drops");

    public static void Write(MessageWriter message, ServiceRequest request) =>
        message.Int(request.Id).Int(request.PromptTokens).Int(request.MaxTokens).Double(request.Arrives).Bool(request.GivesUp is not null)
            .Double(request.GivesUp ?? 0);

    public static void Write(MessageWriter message, ServiceState state)
    {
        message.Double(state.Now).List(state.Waiting, request => Write(message, request))
            .List(state.Running, request => Write(message, request));
        message.Int(state.Limits.Rows).Int(state.Limits.CachedTokens).Int(state.Limits.Waiting).Int(state.Limits.Context);
    }

    public static ServiceRequest[] Requests(MessageReader message) => message.List(() => Request(message), RequestBytes, MostRequests);

    private static ServiceRequest Request(MessageReader message)
    {
        var (id, prompt, wanted, arrives, leaves, givesUp) = (
            message.Int(), message.Int(), message.Int(), message.Double(), message.Bool(), message.Double());
        return new(id, prompt, wanted, arrives, leaves ? givesUp : null);
    }

    private static ServiceState State(MessageReader message) =>
        new(message.Double(), Requests(message), Requests(message), new(message.Int(), message.Int(), message.Int(), message.Int()));

    private static MessageWriter Listed(IReadOnlyList<ServiceRequest>? requests, string member)
    {
        var answer = new MessageWriter();
        ServiceRequest[] listed = [.. requests ?? throw AnswerHost.Null(member)];
        return answer.List(listed,
            request => Write(answer, request ?? throw new CheckFailedException($"{member} returned a list with a null in it.")));
    }
}
