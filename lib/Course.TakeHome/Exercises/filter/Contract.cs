namespace Course.TakeHome.Contracts;

/// <summary>A request to the service of exercise "filter".</summary>
/// <param name="Id">Its number, in order of arrival.</param>
/// <param name="PromptTokens">Tokens that it brings.</param>
/// <param name="MaxTokens">Tokens that it wants.</param>
/// <param name="Arrives">When, in seconds.</param>
/// <param name="GivesUp">When its client hangs up; null for one who waits for ever.</param>
public sealed record ServiceRequest(int Id, int PromptTokens, int MaxTokens, double Arrives, double? GivesUp = null)
{
    /// <summary>The room that it may need in the cache before it ends.</summary>
    public int Room => PromptTokens + MaxTokens;
}

/// <summary>What the machine can hold.</summary>
/// <param name="Rows">Requests that one step may serve.</param>
/// <param name="CachedTokens">Tokens that the caches of all running requests may hold together. One too many ends the process and
/// every request in it.</param>
/// <param name="Waiting">Requests that may wait before new ones are better told to come back later.</param>
/// <param name="Context">Prompt and answer together, for one request.</param>
public sealed record ServiceLimits(int Rows, int CachedTokens, int Waiting, int Context);

/// <summary>The service between two steps.</summary>
/// <param name="Now">Seconds.</param>
/// <param name="Waiting">Admitted and not started, in order of arrival.</param>
/// <param name="Running">Each gets one token a step.</param>
/// <param name="Limits">Of the machine.</param>
public sealed record ServiceState(
    double Now, IReadOnlyList<ServiceRequest> Waiting, IReadOnlyList<ServiceRequest> Running, ServiceLimits Limits);

/// <summary>Exercise "filter": the three decisions that the naive service does not take.</summary>
public interface IServicePolicy
{
    /// <summary>Fix 1: whether a request that has just arrived is let in, or told at once that it cannot be served.</summary>
    bool Admits(ServiceRequest request, ServiceState state);

    /// <summary>Fix 2: asked before every step, which of the waiting requests start now.</summary>
    IReadOnlyList<ServiceRequest> Starts(ServiceState state);

    /// <summary>Fix 3: asked before every step, which of the waiting and running requests end now, unfinished.</summary>
    IReadOnlyList<ServiceRequest> Drops(ServiceState state);
}
