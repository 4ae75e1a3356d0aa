namespace Course.TakeHome.Contracts;

/// <summary>A request to the service of exercise "filter".</summary>
/// <param name="Id">Its number, in order of arrival.</param>
/// <param name="PromptTokens">Tokens of the prompt.</param>
/// <param name="MaxTokens">Tokens to be generated.</param>
/// <param name="Arrives">The time of arrival, in seconds.</param>
/// <param name="GivesUp">When its client hangs up, in seconds; null for a client who waits for ever.</param>
public sealed record ServiceRequest(int Id, int PromptTokens, int MaxTokens, double Arrives, double? GivesUp = null)
{
    /// <summary>The most cache entries that the request may need before it ends, in tokens.</summary>
    public int Room => PromptTokens + MaxTokens;
}

/// <summary>What the machine can hold.</summary>
/// <param name="Rows">The largest batch: requests that one decode step may serve.</param>
/// <param name="CachedTokens">Tokens that the caches of all running requests may hold together. One more ends the process, and every
/// request in it is lost.</param>
/// <param name="Waiting">The largest queue: when so many requests wait, a new one should be refused.</param>
/// <param name="Context">The context length: prompt and answer of one request together, in tokens.</param>
public sealed record ServiceLimits(int Rows, int CachedTokens, int Waiting, int Context);

/// <summary>The service between two decode steps.</summary>
/// <param name="Now">The time, in seconds.</param>
/// <param name="Waiting">Requests that were admitted and not started yet, in order of arrival.</param>
/// <param name="Running">Requests that get one token in each step.</param>
/// <param name="Limits">What the machine can hold.</param>
public sealed record ServiceState(
    double Now, IReadOnlyList<ServiceRequest> Waiting, IReadOnlyList<ServiceRequest> Running, ServiceLimits Limits);

/// <summary>Exercise "filter": the three decisions that the naive service does not make.</summary>
public interface IServicePolicy
{
    /// <summary>Fix 1: whether a request that has just arrived is admitted; otherwise it is refused at once.</summary>
    bool Admits(ServiceRequest request, ServiceState state);

    /// <summary>Fix 2: which of the waiting requests start now. Asked before every step.</summary>
    IReadOnlyList<ServiceRequest> Starts(ServiceState state);

    /// <summary>Fix 3: which of the waiting and running requests are dropped now, unfinished. Asked before every step.</summary>
    IReadOnlyList<ServiceRequest> Drops(ServiceState state);
}
