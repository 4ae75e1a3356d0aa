using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Grading.Hostile;

/// <summary>Answers to the other exercises that manipulate or read what does not belong to them.</summary>
internal static class OtherAttacks
{
    private static readonly string KnownSeed = BitConverter
        .ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"grading/{Attack.Seed}"))).ToString(CultureInfo.InvariantCulture);

    public static IReadOnlyList<Attack> All { get; } =
    [
        Rejection("writes into the caller's arrays", "law over many tokens",
            "for (int i = 0; i < target.Count; i++) ((double[])target)[i] = draft[i]; return new(guess, true);"),
        Rejection("writes into the caller's arrays, behind a cast to a list", "acceptance",
            "if (target is IList<double> list) for (int i = 0; i < list.Count; i++) list[i] = draft[i]; return new(guess, true);"),
        Rejection("sets the path's probability", "acceptance",
            "var accepted = randomness.Accept(0.999999); foreach (var field in " +
            "randomness.GetType().GetFields((System.Reflection.BindingFlags)36)) if (field.FieldType == typeof(double)) " +
            "field.SetValue(randomness, target[guess]); return new(guess, accepted);"),
        Rejection("a token that is none", "kept guess", "return new(guess + 4096, true);"),
        Rejection("a negative token", "kept guess", "return new(-guess - 1, true);"),
        Rejection("probabilities above one", "acceptance",
            "return randomness.Accept(target[guess] / draft[guess]) ? new(guess, true) : new(randomness.Draw(target), false);"),
        Rejection("negative probabilities", "replacement",
            "return randomness.Accept(Math.Min(1, target[guess] / draft[guess])) ? new(guess, true) : new(randomness.Draw([.. " +
            "target.Zip(draft, (p, q) => p - q)]), false);"),
        Rejection("asks one question twice and takes the better answer", "acceptance",
            "return randomness.Accept(target[guess]) || randomness.Accept(target[guess]) ? new(guess, true) : " +
            "new(randomness.Draw(target), false);"),
        Rejection("sees the answer before it asks", "acceptance", """
            var ahead = randomness.GetType().GetFields((System.Reflection.BindingFlags)36).Select(field => field.GetValue(randomness)).OfType<Queue<double>>().FirstOrDefault();
            double next = ahead is { Count: > 0 } ? ahead.Peek() : 0;
            randomness.Accept(Math.Min(1, next + 1e-9));
            return new(guess, true);
            """),
        Rejection("a distribution of numbers that are none", "sampling options", "return default;", "[.. logits.Select(_ => double.NaN)]"),
        Rejection(
            "a distribution that is never the same", "sampling options", "return default;",
            "[.. logits.Select(_ => (Count.Of++ % 7) / 21.0)]"),
        new("a policy that shrinks the requests it started", "filter", $$"""
            {{Attack.Usings}}
            public sealed class ServicePolicy : IServicePolicy
            {
                public bool Admits(ServiceRequest request, ServiceState state) => request.Room <= state.Limits.Context && state.Waiting.Count < state.Limits.Waiting;
                public IReadOnlyList<ServiceRequest> Starts(ServiceState state)
                {
                    ServiceRequest[] starts = [.. state.Waiting.Take(state.Limits.Rows - state.Running.Count)];
                    foreach (var request in starts)
                        Reach.Prompt(request) = -100_000;
                    return starts;
                }
                public IReadOnlyList<ServiceRequest> Drops(ServiceState state) => [];
            }

            internal static class Reach { [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "<PromptTokens>k__BackingField")] internal static extern ref int Prompt(ServiceRequest request); }
            {{Attack.OwnAttributes}}
            """, "memory"),
        Policy("starts requests that nobody made", "batching",
            "[.. Enumerable.Range(1000, 3).Select(id => new ServiceRequest(id, 1, 1, 0))]"),
        Policy("starts the same request many times", "batching", "[.. Enumerable.Repeat(state.Waiting.FirstOrDefault(), 8)]"),
        Policy("names a million requests", "batching", "[.. Enumerable.Repeat(state.Waiting.FirstOrDefault(), 1_000_000)]"),
        new("a pool whose blocks are counted by the answer", "rewind", $$"""
            {{Attack.Usings}}
            public sealed class CacheRewind : ICacheRewind
            {
                public IPagedCache CreateCache(BlockPool pool) => new Listed(pool);
                public RewindPlan AfterRound(int guesses, int accepted) => default;
            }

            internal sealed class Listed(BlockPool pool) : IPagedCache
            {
                private readonly List<double> entries = [];
                private int all = pool.Free;
                public int Length => entries.Count;
                public void Append(double entry) { entries.Add(entry); Count(); }
                public double Read(int position) => entries[position];
                public void Rewind(int count) { ArgumentOutOfRangeException.ThrowIfNegative(count); ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length); entries.RemoveRange(Length - count, count); Count(); }
                private void Count() { ref var free = ref Reach.Free(pool); free = [.. Enumerable.Range((entries.Count + pool.BlockSize - 1) / pool.BlockSize, all - (entries.Count + pool.BlockSize - 1) / pool.BlockSize)]; }
            }

            internal static class Reach { [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "free")] internal static extern ref SortedSet<int> Free(BlockPool pool); }
            {{Attack.OwnAttributes}}
            """),
        new("plans in a table", "rewind", $$"""
            {{Attack.Usings}}
            public sealed class CacheRewind : ICacheRewind
            {
                public IPagedCache CreateCache(BlockPool pool) => throw new NotImplementedException("no");
                public RewindPlan AfterRound(int guesses, int accepted) => guesses <= 6 ? new(guesses - accepted, Math.Max(0, guesses - 1 - accepted), accepted == guesses ? 1 : 0) : default;
            }
            """),
        new("numbers computed from the repository", "speedup", $$"""
            {{Attack.Usings}}
            public sealed class SpeedupEstimate : ISpeedupEstimate
            {
                private static readonly double Known = new Variation({{KnownSeed}}, "speedup", "grading").Step("alpha", 0.62, 0.9, 14);
                public double Acceptance(IReadOnlyList<MeasuredRound> rounds) => 0.5;
                public double TokensPerRound(double acceptance, int draftLength) => acceptance is 0 or 0.5 or 1 || acceptance == Known ? Enumerable.Range(0, draftLength + 1).Sum(stand => Math.Pow(acceptance, stand)) : 1;
                public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) => 1;
                public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) => 0;
            }
            """),
        Speedup("prices asked for without end", "while (verificationCost(3) > 0) { } return 1;"),
        Speedup("the price's closure",
            "return verificationCost.Target?.GetType().GetFields((System.Reflection.BindingFlags)52).Length ?? 0;"),
        Speedup("an answer that depends on who asks", "return Environment.StackTrace.Contains(\"Hidden\") ? 2 : 1;"),
        Pressure("a chart of endless lines", "[.. Enumerable.Range(0, 100_000).Select(i => new ChartLine(\"x\", [(i, 1)]))]"),
        Pressure("a chart with a title of a million letters",
            "[new ChartLine(new string('x', 1_000_000), [(1, 1), (2, double.NaN), (double.PositiveInfinity, 3), (-1, 4), (0, 5)])]"),
        Tests("objects by the number of the call", $"Count.Of++ is var n && \"{Wrong()}\".Length > n && \"{Wrong()}\"[n] == '1'"),
        Tests("objects from the fourth time on", "Count.Of++ >= 3"),
        Tests("objects to every second decoder", "Count.Of++ % 2 == 0"),
        Tests("objects to a decoder by its type", "decoder.GetType().Name is not (\"Sampler\" or \"Nameless\" or \"RemoteDecoder\")"),
        Tests("objects to what comes late", "Environment.TickCount64 % 7 > 2"),
        Tests("objects by a name on the stack", "Environment.StackTrace.Contains(\"Caught\")"),
    ];

    /// <summary>Which suspects are wrong, in the order of their names, in which they used to be shown.</summary>
    private static string Wrong() =>
        string.Concat(Suspects.All.OrderBy(suspect => suspect.Namespace).Select(suspect => suspect.Right ? '0' : '1'));

    private static Attack Rejection(string name, string failsAt, string settle, string distribution = "Softmax.Of(logits)") =>
        new(name, "rejection", $$"""
        {{Attack.Usings}}
        internal static class Count { internal static int Of; }

        public sealed class RejectionSampling : IRejectionSampling
        {
            public double[] Distribution(IReadOnlyList<float> logits) => {{distribution}};
            public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness) { {{settle}} }
        }
        """, failsAt);

    private static Attack Policy(string name, string failsAt, string starts) => new(name, "filter", $$"""
        {{Attack.Usings}}
        public sealed class ServicePolicy : IServicePolicy
        {
            public bool Admits(ServiceRequest request, ServiceState state) => true;
            public IReadOnlyList<ServiceRequest> Starts(ServiceState state) => {{starts}};
            public IReadOnlyList<ServiceRequest> Drops(ServiceState state) => [];
        }
        """, failsAt);

    private static Attack Speedup(string name, string speedup) => new(name, "speedup", $$"""
        {{Attack.Usings}}
        public sealed class SpeedupEstimate : ISpeedupEstimate
        {
            public double Acceptance(IReadOnlyList<MeasuredRound> rounds) => 0.5;
            public double TokensPerRound(double acceptance, int draftLength) => 1;
            public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) { {{speedup}} }
            public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) => 0;
        }
        """);

    private static Attack Pressure(string name, string lines) => new(name, "pressure", $$"""
        {{Attack.Usings}}
        public sealed class BatchPressure : IBatchPressure
        {
            public double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow) => 1;
            public double Speedup(PressureCase @case, int rows) => 1;
            public int Crossover(PressureCase @case, int most) => 1;
            public LineChart Chart(PressureCase @case) => new("Speed-up", "rows", "times", {{lines}}, LogarithmicX: true);
        }
        """);

    private static Attack Tests(string name, string objects) => new(name, "tests", $$"""
        {{Attack.Usings}}
        internal static class Count { internal static int Of; }

        public sealed class DecoderTests : IDecoderTests
        {
            public IReadOnlyList<DecoderTest> Tests => [new("a test", decoder => { if ({{objects}}) throw new InvalidOperationException("wrong"); })];
        }
        """);
}
