using Course.Inference.Kernels;

namespace Course.Inference.Tests.Kernels;

public class KernelThreadsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Every_chunk_of_every_job_is_done_once(int count)
    {
        using var threads = new KernelThreads(count);
        var job = new CountingJob(500);
        for (var run = 1; run <= 2000; run++)
        {
            var chunks = 1 + (run * 7 % 50);
            threads.Run(job, chunks);
            job.RequireDone(chunks, count);
        }
    }

    [Fact]
    public void Helpers_that_went_to_sleep_are_woken()
    {
        using var threads = new KernelThreads(3);
        using var meeting = new MeetingJob();
        for (var run = 0; run < 20; run++)
        {
            Thread.Sleep(5); // far longer than their patience
            meeting.Expect(3);
            threads.Run(meeting, 3);
        }
    }

    [Fact]
    public async Task Callers_take_turns()
    {
        using var threads = new KernelThreads(2);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var job = new CountingJob(64);
            for (var run = 0; run < 500; run++)
            {
                threads.Run(job, 64);
                job.RequireDone(64, 2);
            }
        })));
    }

    [Fact]
    public void Running_a_job_allocates_nothing()
    {
        using var threads = new KernelThreads(2);
        var job = new CountingJob(8);
        threads.Run(job, 8);
        Allocations.RequireNone(1000, _ => threads.Run(job, 8));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("two")]
    [InlineData("-1")]
    public void A_thread_count_that_is_none_is_refused(string choice) =>
        Assert.Contains(
            $"COURSE_THREADS is '{choice}'", Assert.Throws<CourseException>(() => ThreadCount.Resolve(choice)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void There_are_never_more_threads_than_processors()
    {
        Assert.Equal(Environment.ProcessorCount, ThreadCount.Resolve("100000"));
        Assert.InRange(ThreadCount.Resolve(null), 1, Environment.ProcessorCount);
        Assert.Equal(1, ThreadCount.Resolve("1"));
    }

    [Fact]
    public void Hardware_threads_of_one_core_count_once()
    {
        using var folder = new TemporaryFolder();
        foreach (var (cpu, siblings) in new[] { (0, "0,2"), (1, "1,3"), (2, "0,2"), (3, "1,3") })
        {
            var topology = Directory.CreateDirectory(Path.Combine(folder.Path, $"cpu{cpu}", "topology")).FullName;
            File.WriteAllText(Path.Combine(topology, "thread_siblings_list"), siblings);
        }

        Assert.Equal(2, ThreadCount.PhysicalCores(folder.Path));
        Assert.Null(ThreadCount.PhysicalCores(Path.Combine(folder.Path, "nowhere")));
    }

    private sealed class CountingJob(int most) : KernelJob
    {
        private readonly int[] runs = new int[most];
        private int largestThread;

        public override void Run(int chunk, int thread)
        {
            Interlocked.Increment(ref runs[chunk]);
            if (thread > Volatile.Read(ref largestThread))
                Volatile.Write(ref largestThread, thread);
        }

        public void RequireDone(int chunks, int threads)
        {
            for (var chunk = 0; chunk < runs.Length; chunk++)
                if (runs[chunk] != (chunk < chunks ? 1 : 0))
                    Assert.Fail($"Chunk {chunk} of {chunks} ran {runs[chunk]} times.");
            Assert.InRange(largestThread, 0, threads - 1);
            Array.Clear(runs);
        }
    }

    /// <summary>A chunk ends only when all have started, each on a thread of its own.</summary>
    private sealed class MeetingJob : KernelJob, IDisposable
    {
        private readonly ManualResetEventSlim complete = new();
        private int missing;

        public void Expect(int count)
        {
            missing = count;
            complete.Reset();
        }

        public override void Run(int chunk, int thread)
        {
            if (Interlocked.Decrement(ref missing) == 0)
                complete.Set();
            complete.Wait();
        }

        public void Dispose() => complete.Dispose();
    }
}
