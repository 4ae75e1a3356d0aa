namespace Course.TakeHome.Contracts;

/// <summary>How a request ended.</summary>
public enum ServiceEnd
{
    /// <summary>It got all its tokens.</summary>
    Finished,

    /// <summary>It was not admitted.</summary>
    Refused,

    /// <summary>The policy dropped it before it had all its tokens.</summary>
    Dropped,

    /// <summary>It was running or waiting when memory ran out, or the policy never started it.</summary>
    Lost,
}

/// <summary>A request and how it was served.</summary>
/// <param name="Request">The request.</param>
/// <param name="End">How it ended.</param>
/// <param name="Started">When it started, in seconds; null if it never ran.</param>
/// <param name="Ended">When it ended, in seconds.</param>
/// <param name="QueueThen">How many requests were waiting when it ended; for a refused one, when it arrived.</param>
public sealed record ServedRequest(ServiceRequest Request, ServiceEnd End, double? Started, double Ended, int QueueThen);

/// <summary>The result of a run of the service.</summary>
/// <param name="Requests">All requests, in the order in which they ended.</param>
/// <param name="Steps">Decode steps, which are calls of the model.</param>
/// <param name="Seconds">The time until the last request ended.</param>
/// <param name="PeakWaiting">The longest queue.</param>
/// <param name="PeakRows">The largest batch.</param>
/// <param name="OutOfMemory">When the caches outgrew the machine, in seconds; null if they never did.</param>
public sealed record ServiceReport(
    IReadOnlyList<ServedRequest> Requests, int Steps, double Seconds, int PeakWaiting, int PeakRows, double? OutOfMemory)
{
    public int Count(ServiceEnd end) => Requests.Count(request => request.End == end);
}

/// <summary>
/// A service on a simulated clock: exact, and done in an instant. A step reads all weights once and gives every running request one token.
/// It takes 30 ms, and 0.2 ms more for each request in the batch.
/// </summary>
public sealed class ServiceSimulator(IServicePolicy policy, ServiceLimits limits)
{
    private readonly List<ServiceRequest> waiting = [];
    private readonly List<Row> running = [];
    private readonly List<ServedRequest> ended = [];
    private double now;
    private int steps, peakWaiting, peakRows;

    private ServiceState State => new(now, [.. waiting], [.. running.Select(row => row.Request)], limits);

    /// <summary>Serves the requests until all have ended or memory runs out.</summary>
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
                break; // requests wait, nothing runs, and the policy starts none
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
                throw new CourseException($"Starts named more requests than a step can serve: {limits.Rows} run already.");
            running.Add(new(request, now));
        }
        peakRows = Math.Max(peakRows, running.Count);
    }

    /// <summary>Runs one decode step. Returns the time at which memory ran out, or null.</summary>
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
