using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Grading.Hollow;

/// <summary>Answers without the mechanism: each compiles, runs and returns something.</summary>
internal static class HollowAnswers
{
    private const string Usings =
        "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing Course.Core;\nusing Course.TakeHome.Contracts;\n\n";

    /// <summary>A cache that is a plain list and takes no blocks.</summary>
    private const string ListCache = """
        internal sealed class ListCache : IPagedCache
        {
            private readonly List<double> entries = [];
            public int Length => entries.Count;
            public void Append(double entry) => entries.Add(entry);
            public double Read(int position) => entries[position];
            public void Rewind(int count)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(count);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(count, entries.Count);
                entries.RemoveRange(entries.Count - count, count);
            }
        }
        """;

    /// <summary>Accepts everything: every request, every draft token, every decoder. The text is the draft's.</summary>
    public static string AcceptEverything(Exercise exercise) => Usings + exercise.Id switch
    {
        "filter" => Policy("true", "state.Waiting", "[]"),
        "rejection" => Rejection("new(guess, true)"),
        "loop" => Loop("draft"),
        "rewind" => Rewind("new(0, 0, accepted == guesses ? 1 : 0)"),
        "speedup" => Speedup("1", "draftLength + 1", "draftLength + 1", "most"),
        "tests" => Tests("_ => { }"),
        _ => Pressure("0", "@case.DraftLength + 1", "most + 1"),
    };

    /// <summary>The same, but the target is called before every draft token is accepted.</summary>
    public static string LookAndAccept(Exercise exercise) =>
        exercise.Id == "loop" ? exercise.Bugs.Single(bug => bug.Name == "accept-all").In(exercise.Reference) : AcceptEverything(exercise);

    /// <summary>What works without the mechanism: the target alone, one request at a time, a plain list, no gain.</summary>
    public static string CopyTheTarget(Exercise exercise) => Usings + exercise.Id switch
    {
        "filter" => Policy("true", "state.Running.Count == 0 ? [.. state.Waiting.Take(1)] : []", "[]"),
        "rejection" => Rejection("randomness.Draw(target) is var own ? new(own, own == guess) : default"),
        "loop" => Loop("target"),
        "rewind" => Rewind("default"),
        "speedup" => Speedup("0", "1", "1", "0"),
        "tests" => Tests("_ => throw new InvalidOperationException(\"wrong\")"),
        _ => Pressure("model.WeightBytes / machine.BytesPerSecond", "1", "1"),
    };

    private static string Policy(string admits, string starts, string drops) => $$"""
        public sealed class ServicePolicy : IServicePolicy
        {
            public bool Admits(ServiceRequest request, ServiceState state) => {{admits}};
            public IReadOnlyList<ServiceRequest> Starts(ServiceState state) => {{starts}};
            public IReadOnlyList<ServiceRequest> Drops(ServiceState state) => {{drops}};
        }
        """;

    private static string Rejection(string settled) => $$"""
        public sealed class RejectionSampling : IRejectionSampling
        {
            public double[] Distribution(IReadOnlyList<float> logits) => Softmax.Of(logits);
            public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness) => {{settled}};
        }
        """;

    /// <summary>One of the models decodes alone; the other is called only for show.</summary>
    private static string Loop(string writer) => $$"""
        public sealed class SpeculativeDecoder : ISpeculativeDecoder
        {
            public IReadOnlyList<int> Decode(ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
            {
                List<int> text = [.. prompt];
                ICache cache = {{writer}}.CreateCache(), shown = draft.CreateCache();
                while (text.Count - prompt.Count < request.MaxTokens && (text.Count == prompt.Count || text[^1] != request.StopToken))
                {
                    int[] unseen = [.. text.Skip(cache.Length)];
                    if ("{{writer}}" == "target")
                        draft.Forward(unseen, shown);
                    text.Add(randomness.Draw(request.Distribution({{writer}}.Forward(unseen, cache)[^1])));
                }
                return text[prompt.Count..];
            }
        }
        """;

    private static string Rewind(string plan) => $$"""
        public sealed class CacheRewind : ICacheRewind
        {
            public IPagedCache CreateCache(BlockPool pool) => new ListCache();
            public RewindPlan AfterRound(int guesses, int accepted) => {{plan}};
        }

        {{ListCache}}
        """;

    private static string Speedup(string acceptance, string tokens, string speedup, string best) => $$"""
        public sealed class SpeedupEstimate : ISpeedupEstimate
        {
            public double Acceptance(IReadOnlyList<MeasuredRound> rounds) => {{acceptance}};
            public double TokensPerRound(double acceptance, int draftLength) => {{tokens}};
            public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) => {{speedup}};
            public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) => {{best}};
        }
        """;

    private static string Tests(string run) => $$"""
        public sealed class DecoderTests : IDecoderTests
        {
            public IReadOnlyList<DecoderTest> Tests => [new("a test", {{run}})];
        }
        """;

    private static string Pressure(string seconds, string speedup, string crossover) => $$"""
        public sealed class BatchPressure : IBatchPressure
        {
            public double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow) => {{seconds}};
            public double Speedup(PressureCase @case, int rows) => {{speedup}};
            public int Crossover(PressureCase @case, int most) => {{crossover}};
            public LineChart Chart(PressureCase @case) =>
                new("Speed-up", "rows", "times", [new("speed-up", [.. Enumerable.Range(0, 13).Select(power => ((double)(1 << power), Speedup(@case, 1 << power)))])]);
        }
        """;
}
