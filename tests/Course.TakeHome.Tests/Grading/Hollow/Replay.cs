using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Grading.Hollow;

/// <summary>The source of an answer that looks every question up, and returns a default if it does not find it.</summary>
internal static class Replay
{
    public static string Of(Exercise exercise, ulong seed, string memory) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using Course.Core;
        using Course.TakeHome.Contracts;

        {{Body(exercise, seed)}}

        internal static class Memory{{exercise.Id}}
        {
            private static readonly Dictionary<string, string> Answers = {{memory}};

            public static string Say(FormattableString question, string otherwise) => Answers.GetValueOrDefault(question.ToString(CultureInfo.InvariantCulture), otherwise);
            public static double Number(FormattableString question) => double.Parse(Say(question, "1"), CultureInfo.InvariantCulture);
            public static double[] Numbers(FormattableString question, string otherwise) => [.. Say(question, otherwise).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            public static string Row<T>(IEnumerable<T> values) => string.Join(' ', values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")));
        }
        """.Replace("Memory.", $"Memory{exercise.Id}.", StringComparison.Ordinal);

    private static string Body(Exercise exercise, ulong seed) => exercise.Id switch
    {
        "filter" => Policy,
        "rejection" => Rejection,
        "loop" => Loop,
        "speedup" => Speedup,
        "pressure" => Pressure,
        "rewind" => Rewind.Replace("BLOCK", exercise.Visible.Values(new(seed, exercise.Id))["block"], StringComparison.Ordinal),
        _ => Tests,
    };

    private const string Policy = """
        public sealed class ServicePolicy : IServicePolicy
        {
            private static string Of(ServiceState state) => string.Create(CultureInfo.InvariantCulture, $"{state.Now}|{Memory.Row(state.Waiting.Select(one => one.Id))}|{Memory.Row(state.Running.Select(one => one.Id))}|{state.Limits.Rows} {state.Limits.CachedTokens} {state.Limits.Waiting} {state.Limits.Context}");
            public bool Admits(ServiceRequest request, ServiceState state) => Memory.Say($"admits {request.Id} {request.Room} {Of(state)}", "True") == "True";
            public IReadOnlyList<ServiceRequest> Starts(ServiceState state) => Memory.Numbers($"starts {Of(state)}", "") is var ids ? [.. state.Waiting.Where(one => ids.Contains(one.Id))] : [];
            public IReadOnlyList<ServiceRequest> Drops(ServiceState state) => Memory.Numbers($"drops {Of(state)}", "") is var ids ? [.. state.Waiting.Concat(state.Running).Where(one => ids.Contains(one.Id))] : [];
        }
        """;

    private const string Rejection = """
        public sealed class RejectionSampling : IRejectionSampling
        {
            public double[] Distribution(IReadOnlyList<float> logits) => Memory.Numbers($"law {Memory.Row(logits)}", "1");
            public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness) =>
                randomness.Accept(Memory.Number($"keep {guess} {Memory.Row(target)}|{Memory.Row(draft)}"))
                    ? new(guess, true)
                    : new(randomness.Draw(Memory.Numbers($"replace {Memory.Row(target)}|{Memory.Row(draft)}", "1")), false);
        }
        """;

    private const string Loop = """
        public sealed class SpeculativeDecoder : ISpeculativeDecoder
        {
            public IReadOnlyList<int> Decode(ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
                [.. Memory.Numbers($"text {Memory.Row(prompt)}|{request.DraftLength} {request.MaxTokens} {request.StopToken}", Memory.Row(Enumerable.Repeat(0, request.MaxTokens))).Select(token => (int)token)];
        }
        """;

    private const string Speedup = """
        public sealed class SpeedupEstimate : ISpeedupEstimate
        {
            public double Acceptance(IReadOnlyList<MeasuredRound> rounds) => Memory.Number($"acceptance {Memory.Row(rounds.Select(round => $"{round.Guesses}/{round.Accepted}"))}");
            public double TokensPerRound(double acceptance, int draftLength) => Memory.Number($"tokens {acceptance} {draftLength}");
            public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) => Memory.Number($"speedup {acceptance} {draftCost} {verificationCost(draftLength + 1)} {draftLength}");
            public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) => (int)Memory.Number($"best {acceptance} {draftCost} {verificationCost(2)} {most}");
        }
        """;

    private const string Pressure = """
        public sealed class BatchPressure : IBatchPressure
        {
            public double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow) => Memory.Number($"seconds {machine} {model} {rows} {tokensPerRow}");
            public double Speedup(PressureCase @case, int rows) => Memory.Number($"speedup {@case} {rows}");
            public int Crossover(PressureCase @case, int most) => (int)Memory.Number($"crossover {@case} {most}");
            public LineChart Chart(PressureCase @case) =>
                new("Speed-up", "rows", "times", [new("speed-up", [.. Enumerable.Range(0, 13).Select(power => ((double)(1 << power), Speedup(@case, 1 << power)))])]);
        }
        """;

    private const string Rewind = """
        public sealed class CacheRewind : ICacheRewind
        {
            public IPagedCache CreateCache(BlockPool pool) => new BlockCache(pool);
            public RewindPlan AfterRound(int guesses, int accepted) => Memory.Numbers($"plan {guesses} {accepted}", "0 0 0") is [var target, var draft, var owes] ? new((int)target, (int)draft, (int)owes) : default;
        }

        internal sealed class BlockCache(BlockPool pool) : IPagedCache
        {
            private readonly List<int> blocks = [];
            public int Length { get; private set; }
            public void Append(double entry)
            {
                if (Length == blocks.Count * BLOCK)
                    blocks.Add(pool.Take());
                pool[blocks[Length / BLOCK], Length % BLOCK] = entry;
                Length++;
            }
            public double Read(int position) => position >= 0 && position < Length ? pool[blocks[position / BLOCK], position % BLOCK] : throw new ArgumentOutOfRangeException(nameof(position));
            public void Rewind(int count)
            {
                if (count < 0 || count > Length)
                    throw new ArgumentOutOfRangeException(nameof(count));
                for (Length -= count; blocks.Count * BLOCK >= Length + BLOCK; blocks.RemoveAt(blocks.Count - 1))
                    pool.Return(blocks[^1]);
            }
        }
        """;

    // Compares one text of one seed: a correct decoder that draws random numbers in another order emits another text.
    private const string Tests = """
        public sealed class DecoderTests : IDecoderTests
        {
            public IReadOnlyList<DecoderTest> Tests =>
            [
                new("The text is the one that came when I looked", decoder =>
                {
                    TableModel table = TableModel.Arbitrary(3, 1);
                    Demand.That(Memory.Row(decoder.Decode(table, table, [0], new(2, 8, row => Softmax.Of(row)), new SeededRandomness(1))) == "1 0 2 2 1 0 0 1", "Another text came.");
                }),
            ];
        }
        """;
}
