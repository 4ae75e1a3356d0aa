namespace Course.TakeHome.Contracts;

/// <summary>Each of the three decisions, tested on a run of the service that goes wrong without it.</summary>
internal sealed class FilterVisibleChecks : CheckSuite<IServicePolicy>
{
    public override string Exercise => "filter";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("batching",
            "A step reads all weights whether it serves one request or eight. Serving one at a time reads them eight times as often.",
            "Starts: how many of the waiting requests start.", Batching),
        Check("continuous batching", "Answers differ in length. A batch that waits for its longest answer leaves the other slots idle.",
            "Starts: it is asked before every step, also while other requests run.", Continuous),
        Check("memory",
            "Every token of every running request stays in the cache. A request that fits now may not fit fifty tokens later, and then "
            + "all of them are lost.",
            "Starts: the most that a request may need before it ends, together with what the running ones may still need.", Memory),
        Check("order", "Requests are served first come, first served: none may be overtaken while it waits.", "Starts: in which order.",
            Order),
        Check("overload",
            "Beyond capacity every queue grows without end, and everybody's answer comes too late. Refusing at once is the better service.",
            "Admits: state.Waiting against the limit.", Overload),
        Check("impossible requests", "A request that can never be served blocks all requests after it, or brings the process down.",
            "Admits: what the request may need, against what a single request can have.", Impossible),
        Check(
            "gone clients", "A token for a client who hung up is a token that another client waits for.",
            "Drops: waiting requests and running ones.", Gone),
        Check("patient clients", "A request whose client still waits must not be dropped.", "Drops: GivesUp against Now, and null.",
            Patient),
    ];

    public override IReadOnlyDictionary<string, string> Values(Variation variation)
    {
        var limits = Limits(variation);
        return new Dictionary<string, string>
        {
            ["rows"] = $"{limits.Rows}",
            ["cached"] = $"{limits.CachedTokens}",
            ["waiting"] = $"{limits.Waiting}",
            ["context"] = $"{limits.Context}",
            ["billions"] = variation.Pick<string>("model", ["70", "72", "123", "65"]),
            ["perHour"] = variation.Pick<string>("load", ["40", "90", "250", "600"]),
        };
    }

    public override IEnumerable<string> Measure(object answer, Variation variation)
    {
        var limits = Limits(variation);
        foreach (var perSecond in new[] { 0.5, 2, 5, 15 })
        {
            var requests = Enumerable.Range(0, 120).Select(i => new ServiceRequest(i, 60, 60, i / perSecond, (i / perSecond) + 20));
            var report = new ServiceSimulator((IServicePolicy)answer, limits).Run(requests);
            var tokens = 60 * report.Count(ServiceEnd.Finished);
            yield return $"{Show.Number(perSecond)} requests/s: {Show.Rough(tokens / report.Seconds)} tokens/s, "
                + $"{report.Count(ServiceEnd.Finished)} finished, {report.Count(ServiceEnd.Refused)} refused, "
                + $"{report.Count(ServiceEnd.Dropped)} dropped";
        }
    }

    private static void Batching(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        var report = Serve(answer, limits, Enumerable.Range(0, limits.Rows).Select(i => new ServiceRequest(i, 10, 20, 0)));
        Demand.That(report.Steps == 20 && report.Count(ServiceEnd.Finished) == limits.Rows,
            $"{limits.Rows} requests for 20 tokens each arrived at once; {report.Count(ServiceEnd.Finished)} were finished in "
            + $"{report.Steps} steps, at most {report.PeakRows} in a batch. A step serves up to {limits.Rows}: 20 steps are enough.");
    }

    private static void Continuous(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        var random = new Random(variation.SeedOf("lengths"));
        ServiceRequest[] requests = [
            new(0, 10, 100, 0), .. Enumerable.Range(1, 3 * limits.Rows).Select(i => new ServiceRequest(i, 10, 4 + random.Next(3), 0))
        ];
        var report = Serve(answer, limits with { CachedTokens = 100_000, Waiting = 1000 }, requests);
        Demand.That(report.Steps == 100,
            $"One request is for 100 tokens, and {requests.Length - 1} are for 4 to 6. All of them fit beside the long one while it runs, "
            + $"in 100 steps; yours took {report.Steps}. A slot that becomes free must not wait for the longest request.");
    }

    private static void Memory(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        var (prompt, wanted) = (limits.CachedTokens / limits.Rows, limits.CachedTokens / limits.Rows / 2);
        var report = Serve(
            answer, limits with { Waiting = 1000, Context = 10_000 },
            Enumerable.Range(0, 2 * limits.Rows).Select(i => new ServiceRequest(i, prompt - 1, wanted, 0)));
        Demand.That(report.OutOfMemory is null,
            $"Out of memory after {Show.Number(report.OutOfMemory ?? 0)} s: {report.PeakRows} requests ran together. Their prompts of "
            + $"{prompt - 1} tokens fitted into {limits.CachedTokens}, but {wanted} more tokens each did not. "
            + $"{report.Count(ServiceEnd.Lost)} requests were lost.");
        var fit = limits.CachedTokens / (prompt - 1 + wanted);
        Demand.That(report.PeakRows >= fit,
            $"{fit} requests of {prompt - 1 + wanted} tokens fit into {limits.CachedTokens}; at most {report.PeakRows} ran together.");
        Demand.That(report.Count(ServiceEnd.Finished) == 2 * limits.Rows,
            $"{report.Count(ServiceEnd.Finished)} of {2 * limits.Rows} requests were finished.");
    }

    private static void Order(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        var random = new Random(variation.SeedOf("order"));
        var report = Serve(
            answer, limits with { Waiting = 1000 },
            Enumerable.Range(0, 5 * limits.Rows).Select(i => new ServiceRequest(i, 5, 5 + random.Next(20), 0.01 * i)));
        var started = report.Requests.OrderBy(request => request.Request.Id).Select(request => request.Started ?? double.MaxValue)
            .ToArray();
        var passed = Enumerable.Range(1, started.Length - 1).FirstOrDefault(i => started[i] < started[i - 1], -1);
        Demand.That(passed < 0, $"Request {passed} arrived after request {passed - 1} and was started before it.");
    }

    private static void Overload(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        var report = Serve(answer, limits, Enumerable.Range(0, 6 * limits.Waiting).Select(i => new ServiceRequest(i, 10, 10, 0)));
        Demand.That(report.PeakWaiting <= limits.Waiting,
            $"{6 * limits.Waiting} requests arrived at once, and {report.PeakWaiting} were admitted. At most {limits.Waiting} may wait.");
        var early = report.Requests.FirstOrDefault(request => request.End == ServiceEnd.Refused && request.QueueThen < limits.Waiting);
        Demand.That(early is null,
            $"Request {early?.Request.Id} was refused while only {early?.QueueThen} were waiting; {limits.Waiting} may.");
    }

    private static void Impossible(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        ServiceRequest[] requests = [
            new(0, limits.Context - 3, 4, 0), new(1, 10, limits.Context, 0), new(2, limits.Context - 20, 20, 0), new(3, 10, 10, 0)
        ];
        var report = Serve(answer, limits with { CachedTokens = 4 * limits.Context }, requests);
        Demand.That(Refused(report).SequenceEqual([0, 1]),
            $"The context is {limits.Context} tokens. Requests 0 and 1 need {limits.Context + 1} and {limits.Context + 10}; requests 2 and "
            + $"3 fit. You refused {Show.Tokens(Refused(report))}.");
        report = Serve(answer, limits with { CachedTokens = limits.Context - 10 }, requests);
        Demand.That(Refused(report).SequenceEqual([0, 1, 2]),
            $"With room for {limits.Context - 10} tokens in all caches together, request 2 with {limits.Context} can never run. You "
            + $"refused {Show.Tokens(Refused(report))}.");
    }

    private static void Gone(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        // One batch that runs and one that waits; every second client hangs up after a second.
        var report = Serve(
            answer, limits with { Waiting = 1000 },
            Enumerable.Range(0, 2 * limits.Rows).Select(i => new ServiceRequest(i, 5, 100, 0, i % 2 == 0 ? 1 : null)));
        foreach (var request in report.Requests.Where(request => request.Request.GivesUp is not null))
            Demand.That(request.End == ServiceEnd.Dropped && request.Ended <= 1.1,
                $"The client of request {request.Request.Id} hung up after 1 s. The request, which was "
                + $"{(request.Request.Id < limits.Rows ? "running" : "waiting")} then, ended after {Show.Number(request.Ended)} s: "
                + $"{request.End}.");
    }

    private static void Patient(IServicePolicy answer, Variation variation)
    {
        var limits = Limits(variation);
        var report = Serve(
            answer, limits with { Waiting = 1000 },
            Enumerable.Range(0, 2 * limits.Rows).Select(i => new ServiceRequest(i, 5, 50, 0, i % 3 == 0 ? 1000 : null)));
        var dropped = report.Requests.FirstOrDefault(request => request.End == ServiceEnd.Dropped);
        Demand.That(dropped is null,
            $"Request {dropped?.Request.Id} was dropped after {Show.Number(dropped?.Ended ?? 0)} s; its client "
            + $"{(dropped?.Request.GivesUp is null ? "never hangs up" : "hangs up after 1000 s")}.");
    }

    private static ServiceReport Serve(IServicePolicy answer, ServiceLimits limits, IEnumerable<ServiceRequest> requests) =>
        new ServiceSimulator(answer, limits).Run(requests);

    private static IEnumerable<int> Refused(ServiceReport report) =>
        report.Requests.Where(request => request.End == ServiceEnd.Refused).Select(request => request.Request.Id).Order();

    private static ServiceLimits Limits(Variation variation)
    {
        var rows = variation.Between("rows", 4, 12);
        // There are few of these limits, so grading stretches one of them: otherwise it would now and then draw a candidate's own.
        var context = (int)(variation.Pick<int>("context", [256, 384, 512]) * variation.Stretch("context"));
        return new(rows, rows * variation.Pick<int>("room", [100, 120, 150]), rows * variation.Between("waiting", 2, 4), context);
    }
}
