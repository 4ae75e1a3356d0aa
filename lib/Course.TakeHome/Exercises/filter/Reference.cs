using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class ServicePolicy : IServicePolicy
{
    public bool Admits(ServiceRequest request, ServiceState state) =>
        request.Room <= Math.Min(state.Limits.Context, state.Limits.CachedTokens) && state.Waiting.Count < state.Limits.Waiting;

    public IReadOnlyList<ServiceRequest> Starts(ServiceState state)
    {
        List<ServiceRequest> starts = [];
        int rows = state.Limits.Rows - state.Running.Count;
        int room = state.Limits.CachedTokens - state.Running.Sum(request => request.Room);
        foreach (ServiceRequest request in state.Waiting)
        {
            // A request that does not fit yet keeps its place: if smaller ones overtook it, it might never start.
            if (starts.Count == rows || request.Room > room)
                break;
            room -= request.Room;
            starts.Add(request);
        }
        return starts;
    }

    public IReadOnlyList<ServiceRequest> Drops(ServiceState state) =>
        [.. state.Waiting.Concat(state.Running).Where(request => request.GivesUp <= state.Now)];
}
