using System.Globalization;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Tests.Exercises;

namespace Course.TakeHome.Tests.Grading.Hollow;

/// <summary>
/// Answers that contain the correct results for the checks of the candidate's own folder, and nothing else. They are made by running the
/// reference on those checks and recording every question with its answer.
/// </summary>
internal static class RememberedAnswers
{
    public static string For(Exercise exercise, ulong seed)
    {
        var (asked, memory) = (new AnswerText(exercise.ReferenceFor(seed)).AnswerTo(exercise.Id), new Memory());
        object recorder = exercise.Id switch
        {
            "filter" => new Policy((IServicePolicy)asked, memory),
            "rejection" => new Rejection((IRejectionSampling)asked, memory),
            "loop" => new Loop((ISpeculativeDecoder)asked, memory),
            "speedup" => new Speedup((ISpeedupEstimate)asked, memory),
            "pressure" => new Pressure((IBatchPressure)asked, memory),
            "rewind" => new Rewind((ICacheRewind)asked, memory),
            _ => asked,
        };
        var outcomes = CheckRunner.Run(exercise.Visible, new Given(recorder), new(seed, exercise.Id)).ToArray();
        Assert.All(outcomes, outcome => Assert.True(outcome.Verdict == Verdict.Passed, $"{outcome}"));
        return Replay.Of(exercise, seed, memory.ToText());
    }

    private sealed class Given(object answer) : IAdapter
    {
        public object AnswerTo(string exercise) => answer;
    }

    /// <summary>Recorded questions and answers, as text.</summary>
    internal sealed class Memory
    {
        private readonly Dictionary<string, string> answers = [];

        public T Keep<T>(FormattableString question, T answer, string? said = null)
        {
            answers.TryAdd(
                question.ToString(CultureInfo.InvariantCulture), said ?? string.Create(CultureInfo.InvariantCulture, $"{answer}"));
            return answer;
        }

        /// <summary>The C# source of a dictionary of all questions and answers.</summary>
        public string ToText() => $"new() {{ {string.Join(", ", answers.Select(pair => $"[\"{pair.Key}\"] = \"{pair.Value}\""))} }}";
    }

    private static string Row<T>(IEnumerable<T> values) =>
        string.Join(' ', values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}")));

    private sealed class Policy(IServicePolicy policy, Memory memory) : IServicePolicy
    {
        private static string Of(ServiceState state) =>
            string.Create(CultureInfo.InvariantCulture,
                $"{state.Now}|{Row(state.Waiting.Select(one => one.Id))}|{Row(state.Running.Select(one => one.Id))}|{state.Limits.Rows} " +
                $"{state.Limits.CachedTokens} {state.Limits.Waiting} {state.Limits.Context}");

        public bool Admits(ServiceRequest request, ServiceState state) =>
            memory.Keep($"admits {request.Id} {request.Room} {Of(state)}", policy.Admits(request, state));

        public IReadOnlyList<ServiceRequest> Starts(ServiceState state) =>
            policy.Starts(state) is var starts ? memory.Keep($"starts {Of(state)}", starts, Row(starts.Select(one => one.Id))) : [];

        public IReadOnlyList<ServiceRequest> Drops(ServiceState state) =>
            policy.Drops(state) is var drops ? memory.Keep($"drops {Of(state)}", drops, Row(drops.Select(one => one.Id))) : [];
    }

    private sealed class Rejection(IRejectionSampling sampling, Memory memory) : IRejectionSampling
    {
        public double[] Distribution(IReadOnlyList<float> logits) =>
            sampling.Distribution(logits) is var law ? memory.Keep($"law {Row(logits)}", law, Row(law)) : [];

        /// <summary>Records the acceptance probability, and the distribution of the replacement.</summary>
        public Settled Settle(IReadOnlyList<double> target, IReadOnlyList<double> draft, int guess, IRandomness randomness)
        {
            var overheard = new Overheard(randomness);
            var settled = sampling.Settle(target, draft, guess, overheard);
            memory.Keep($"keep {guess} {Row(target)}|{Row(draft)}", overheard.Probability);
            return overheard.Law is { } law ? memory.Keep($"replace {Row(target)}|{Row(draft)}", settled, Row(law)) : settled;
        }

        private sealed class Overheard(IRandomness randomness) : IRandomness
        {
            public double Probability { get; private set; }

            public IReadOnlyList<double>? Law { get; private set; }

            public bool Accept(double probability) => randomness.Accept(Probability = probability);

            public int Draw(IReadOnlyList<double> probabilities) => randomness.Draw(Law = probabilities);
        }
    }

    private sealed class Loop(ISpeculativeDecoder decoder, Memory memory) : ISpeculativeDecoder
    {
        public IReadOnlyList<int> Decode(
            ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
            decoder.Decode(target, draft, prompt, request, randomness) is var text
                ? memory.Keep($"text {Row(prompt)}|{request.DraftLength} {request.MaxTokens} {request.StopToken}", text, Row(text))
                : [];
    }

    private sealed class Speedup(ISpeedupEstimate estimate, Memory memory) : ISpeedupEstimate
    {
        public double Acceptance(IReadOnlyList<MeasuredRound> rounds) =>
            memory.Keep($"acceptance {Row(rounds.Select(round => $"{round.Guesses}/{round.Accepted}"))}", estimate.Acceptance(rounds));

        public double TokensPerRound(double acceptance, int draftLength) =>
            memory.Keep($"tokens {acceptance} {draftLength}", estimate.TokensPerRound(acceptance, draftLength));

        double ISpeedupEstimate.Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) =>
            memory.Keep(
                $"speedup {acceptance} {draftCost} {verificationCost(draftLength + 1)} {draftLength}",
                estimate.Speedup(acceptance, draftCost, verificationCost, draftLength));

        public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) =>
            memory.Keep(
                $"best {acceptance} {draftCost} {verificationCost(2)} {most}",
                estimate.BestDraftLength(acceptance, draftCost, verificationCost, most));
    }

    private sealed class Pressure(IBatchPressure pressure, Memory memory) : IBatchPressure
    {
        public double CallSeconds(MachinePeaks machine, ModelNeeds model, int rows, int tokensPerRow) =>
            memory.Keep($"seconds {machine} {model} {rows} {tokensPerRow}", pressure.CallSeconds(machine, model, rows, tokensPerRow));

        double IBatchPressure.Speedup(PressureCase @case, int rows) =>
            memory.Keep($"speedup {@case} {rows}", pressure.Speedup(@case, rows));

        public int Crossover(PressureCase @case, int most) => memory.Keep($"crossover {@case} {most}", pressure.Crossover(@case, most));

        public LineChart Chart(PressureCase @case)
        {
            var chart = pressure.Chart(@case);
            foreach (var (x, y) in chart.Lines[0].Points)
                memory.Keep($"speedup {@case} {(int)x}", y);
            return chart;
        }
    }

    private sealed class Rewind(ICacheRewind rewind, Memory memory) : ICacheRewind
    {
        public IPagedCache CreateCache(BlockPool pool) => rewind.CreateCache(pool);

        public RewindPlan AfterRound(int guesses, int accepted) =>
            rewind.AfterRound(guesses, accepted) is var plan
                ? memory.Keep($"plan {guesses} {accepted}", plan, $"{plan.Target} {plan.Draft} {plan.DraftOwes}")
                : default;
    }
}
