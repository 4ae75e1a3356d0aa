namespace Course.TakeHome.Contracts;

public enum ServiceEnd
{
    /// <summary>Got all its tokens.</summary>
    Finished,

    /// <summary>Told at once that it cannot be served.</summary>
    Refused,

    /// <summary>Ended by the policy before it had its tokens.</summary>
    Dropped,

    /// <summary>In flight when memory ran out, or never begun.</summary>
    Lost,
}

/// <summary>What became of a request.</summary>
/// <param name="Request">The request.</param>
/// <param name="End">What became of it.</param>
/// <param name="Started">Seconds; null where it never ran.</param>
/// <param name="Ended">Seconds.</param>
/// <param name="QueueThen">How many were waiting when it ended; for a refused one, when it came.</param>
public sealed record ServedRequest(ServiceRequest Request, ServiceEnd End, double? Started, double Ended, int QueueThen);

/// <summary>A run of the service.</summary>
/// <param name="Requests">In the order in which they ended.</param>
/// <param name="Steps">Calls of the model.</param>
/// <param name="Seconds">Until the last request ended.</param>
/// <param name="PeakWaiting">Most requests that waited at once.</param>
/// <param name="PeakRows">Most requests that shared a step.</param>
/// <param name="OutOfMemory">When the caches outgrew the machine; null where they never did.</param>
public sealed record ServiceReport(
    IReadOnlyList<ServedRequest> Requests, int Steps, double Seconds, int PeakWaiting, int PeakRows, double? OutOfMemory)
{
    public int Count(ServiceEnd end) => Requests.Count(request => request.End == end);
}

/// <summary>
/// A service in a clock of its own: exact and instantaneous. A step reads all weights once and gives every running request one token; it
/// takes 30 ms, and 0.2 ms more for each row.
/// </summary>
public sealed class ServiceSimulator(IServicePolicy policy, ServiceLimits limits)
{
    private readonly List<ServiceRequest> waiting = [];
    private readonly List<Row> running = [];
    private readonly List<ServedRequest> ended = [];
    private double now;
    private int steps, peakWaiting, peakRows;

    private ServiceState State => new(now, [.. waiting], [.. running.Select(row => row.Request)], limits);

    /// <summary>Serves all requests, or as many as there is memory for.</summary>
    public ServiceReport Run(IEnumerable<ServiceRequest> requests)
    {
        var coming = new Queue<ServiceRequest>(requests.OrderBy(request => request.Arrives));
        double? outOfMemory = null;
        while (outOfMemory is null && (coming.Count > 0 || waiting.Count > 0 || running.Count > 0))
        {
            Admit(coming);
            Drop();
            Start();
            if (running.Count > 0)
                outOfMemory = Step();
            else if (coming.TryPeek(out var next))
                now = Math.Max(now, next.Arrives);
            else
                break; // somebody waits, nothing runs, and the policy starts nobody
        }
        foreach (var request in running.Select(row => row.Request).Concat(waiting).Concat(coming).ToArray())
            End(request, ServiceEnd.Lost, null);
        return new(ended, steps, now, peakWaiting, peakRows, outOfMemory);
    }

    private void Admit(Queue<ServiceRequest> coming)
    {
        while (coming.TryPeek(out var request) && request.Arrives <= now)
        {
            coming.Dequeue();
            if (policy.Admits(request, State))
                waiting.Add(request);
            else
                End(request, ServiceEnd.Refused, null);
            peakWaiting = Math.Max(peakWaiting, waiting.Count);
        }
    }

    private void Drop()
    {
        foreach (var request in policy.Drops(State))
        {
            var row = running.Find(row => row.Request == request);
            if (row is null && !waiting.Contains(request))
                throw new CourseException($"Drops named request {request.Id}, which neither waits nor runs.");
            waiting.Remove(request);
            running.RemoveAll(row => row.Request == request);
            End(request, ServiceEnd.Dropped, row?.Started);
        }
    }

    private void Start()
    {
        foreach (var request in policy.Starts(State))
        {
            if (!waiting.Remove(request))
                throw new CourseException($"Starts named request {request.Id}, which does not wait.");
            if (running.Count == limits.Rows)
                throw new CourseException($"Starts named more requests than there are rows: {limits.Rows} run already.");
            running.Add(new(request, now));
        }
        peakRows = Math.Max(peakRows, running.Count);
    }

    /// <summary>The time at which memory ran out; null where it did not.</summary>
    private double? Step()
    {
        steps++;
        now += 0.03 + (0.0002 * running.Count);
        foreach (var row in running)
            row.Tokens++;
        if (running.Sum(row => row.Request.PromptTokens + row.Tokens) > limits.CachedTokens)
            return now;
        foreach (var row in running.Where(row => row.Tokens == row.Request.MaxTokens).ToArray())
        {
            running.Remove(row);
            End(row.Request, ServiceEnd.Finished, row.Started);
        }
        return null;
    }

    private void End(ServiceRequest request, ServiceEnd end, double? started) => ended.Add(new(request, end, started, now, waiting.Count));

    private sealed class Row(ServiceRequest request, double started)
    {
        public ServiceRequest Request => request;

        public double Started => started;

        public int Tokens { get; set; }
    }
}
