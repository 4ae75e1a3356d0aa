using Course.TakeHome.Contracts;

namespace Course.TakeHome.Hidden;

/// <summary>All three decisions together over a whole day, other limits, and a policy without hidden state.</summary>
internal sealed class FilterHiddenChecks : CheckSuite<IServicePolicy>
{
    public override string Exercise => "filter";

    public override IReadOnlyList<Check> Checks { get; } =
    [
        Check("a busy day", "Bursts, long and short answers, clients who leave.", "The three decisions together", BusyDay),
        Check("other limits", "A policy must work on any machine.", "Hard-coded numbers", OtherLimits),
        Check("a pure policy", "A decision follows from the state alone. Counters in fields are wrong after a crash.", "Fields", Pure),
    ];

    private static void BusyDay(IServicePolicy answer, Variation variation)
    {
        var random = new Random(variation.SeedOf("day"));
        var limits = new ServiceLimits(8, 900, 12, 400);
        var requests = Enumerable.Range(0, 400).Select(i => new ServiceRequest(
            i, 1 + random.Next(300), 1 + random.Next(200), random.NextDouble() * 200,
            random.Next(4) == 0 ? random.NextDouble() * 220 : null)).ToArray();
        var report = new ServiceSimulator(answer, limits).Run(requests);
        Demand.That(report.OutOfMemory is null, $"Out of memory after {report.OutOfMemory:0.0} s.");
        Demand.That(report.PeakWaiting <= 12, $"{report.PeakWaiting} requests waited at once; at most 12 may.");
        Demand.That(report.Count(ServiceEnd.Lost) == 0, $"{report.Count(ServiceEnd.Lost)} requests were admitted and never served.");
        Demand.That(report.Requests.All(request => request.End != ServiceEnd.Dropped || request.Request.GivesUp <= request.Ended),
            "A request was dropped although its client was still waiting.");
        Demand.That(report.Requests.All(request => request.Request.Room <= 400 || request.End == ServiceEnd.Refused),
            "A request longer than the context was admitted.");
    }

    private static void OtherLimits(IServicePolicy answer, Variation variation)
    {
        var report = new ServiceSimulator(answer, new(3, 50, 5, 40)).Run(
            Enumerable.Range(0, 6).Select(i => new ServiceRequest(i, 10, 10, i)));
        Demand.That(report.Count(ServiceEnd.Finished) == 6 && report.PeakRows <= 2,
            "With batches of 3 and room for 50 tokens, 6 requests of 20 tokens arrive, one a second: "
            + $"{report.Count(ServiceEnd.Finished)} were finished.");
        report = new ServiceSimulator(answer, new(1, 50, 0, 40)).Run([new(0, 10, 10, 0)]);
        Demand.That(report.Count(ServiceEnd.Refused) == 1, "No request may wait, and one was admitted.");
    }

    private static void Pure(IServicePolicy answer, Variation variation)
    {
        var limits = new ServiceLimits(4, 400, 6, 200);
        ServiceRequest[] requests = [
            .. Enumerable.Range(0, 30).Select(i => new ServiceRequest(i, 20, 10 + (i % 7), 0.05 * i, i % 5 == 0 ? 1 : null))
        ];
        var first = new ServiceSimulator(answer, limits).Run(requests);
        var second = new ServiceSimulator(answer, limits).Run(requests);
        Demand.That(first.Requests.SequenceEqual(second.Requests), "The same requests had another outcome the second time.");
    }
}
