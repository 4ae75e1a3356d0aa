using System;
using System.Collections.Generic;
using System.Linq;
using Course.Core;
using Course.TakeHome.Contracts;

public sealed class ServicePolicy : IServicePolicy
{
    public bool Admits(ServiceRequest request, ServiceState state) =>
        throw new NotImplementedException("Exercise filter: fix 1, who is admitted.");

    public IReadOnlyList<ServiceRequest> Starts(ServiceState state) =>
        throw new NotImplementedException("Exercise filter: fix 2, who starts before this step.");

    public IReadOnlyList<ServiceRequest> Drops(ServiceState state) =>
        throw new NotImplementedException("Exercise filter: fix 3, who is dropped before this step.");
}
