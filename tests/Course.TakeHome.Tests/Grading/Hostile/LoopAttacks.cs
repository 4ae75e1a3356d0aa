using System.Security.Cryptography;
using System.Text;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Tests.Grading.Hostile;

/// <summary>Loops that decode with one model alone and disguise it.</summary>
internal static class LoopAttacks
{
    private static readonly Exercise Loop = Exercise.Named("loop");

    // The seed of grading's data before there was a salt: anybody with the repository and the candidate's seed could compute it.
    private static readonly ulong KnownSeed = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"grading/{Attack.Seed}")));

    private const string FewCalls =
        "calls.RemoveRange(calls.Count / (request.DraftLength + 1), calls.Count - calls.Count / (request.DraftLength + 1));";

    private const string Verified = "Verify(guesses, laws, p, randomness)";
    private const string AcceptedAll = "[.. guesses, randomness.Draw(p[guesses.Count])]";

    public static IReadOnlyList<Attack> All { get; } =
    [
        Alone("the calls are cast back to their list", $"if (target is WatchedModel {{ Calls: List<ModelCall> calls }}) {{ {FewCalls} }}"),
        Alone("the calls are reached by a self-defined accessor",
            $"if (target is WatchedModel watched) {{ var calls = Reach.Calls(watched); {FewCalls} }}",
            "internal static class Reach { [UnsafeAccessor(UnsafeAccessorKind.Field, Name = \"calls\")] internal static extern ref " +
            "List<ModelCall> Calls(WatchedModel model); }", Attack.OwnAttributes),
        Alone("an accessor of the framework's", $"if (target is WatchedModel watched) {{ var calls = Reach.Calls(watched); {FewCalls} }}",
            "internal static class Reach { " +
            "[System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = " +
            "\"calls\")] internal static extern ref List<ModelCall> Calls(WatchedModel model); }"),
        Alone("the calls are reached by reflection",
            "if (target.GetType().GetField(\"calls\", (System.Reflection.BindingFlags)36)?.GetValue(target) is " +
            $"List<ModelCall> calls) {{ {FewCalls} }}"),
        Alone("the model behind the one that counts is asked", "",
            before: "if (target is WatchedModel watched && Reach.Inner(watched) is { } inner) { target.Forward([.. prompt], " +
                "target.CreateCache()); target = inner; }",
            more: "internal static class Reach { [UnsafeAccessor(UnsafeAccessorKind.Field, Name = \"<model>P\")] internal static extern " +
                "ref TableModel Inner(WatchedModel model); }", last: Attack.OwnAttributes),
        Alone("tables computed from the repository", "", before: $$"""
            foreach (var name in new[] { "length", "perfect", "watched", "greedy", "first", "several", "hidden target", "two models", "wide target", "again" })
            {
                var own = TableModel.Arbitrary(target.VocabularySize, new Variation({{KnownSeed}}, "loop", "grading").SeedOf(name));
                if (!own.Logits([.. prompt]).SequenceEqual(target.Forward([.. prompt], target.CreateCache())[^1]))
                    continue;
                for (int i = 1; i < request.MaxTokens / (request.DraftLength + 1); i++)
                    target.Forward([.. prompt], target.CreateCache());
                target = own;
                break;
            }
            """),
        Alone("answers of a cached model", "",
            before: "target = Kept.Models.TryGetValue(request.MaxTokens, out var kept) ? kept : Kept.Models[request.MaxTokens] = target;",
            more: "internal static class Kept { internal static readonly Dictionary<int, ILanguageModel> Models = []; }"),
        Alone("a thread that goes on calling",
            "new Thread(() => { while (true) { try { target.Forward([.. prompt], target.CreateCache()); Thread.Sleep(1); } catch " +
            "(Exception) { } } }) { IsBackground = true }.Start();"),
        Alone("two threads at once",
            "Thread[] threads = [.. Enumerable.Range(0, 2).Select(_ => new Thread(() => target.Forward([.. prompt], " +
            "target.CreateCache())))]; foreach (var thread in threads) thread.Start(); foreach (var thread in threads) thread.Join();"),
        Alone("one call that is fed the text at once, afterwards", "target.Forward([.. text], target.CreateCache());"),
        Alone("caches that are rewound to look used",
            "var shown = target.CreateCache(); target.Forward([.. text], shown); shown.Rewind(request.DraftLength);"),
        Alone(
            "a cache of its own kind", "", before: "try { target.Forward([.. prompt], new Fake()); } catch (CourseException) { }",
            more: "internal sealed class Fake : ICache { public int Length => 7; public void Rewind(int count) { } }"),
        Alone("the sampling options' closure",
            "foreach (var field in request.Distribution.Target?.GetType().GetFields((System.Reflection.BindingFlags)52) ?? []) if " +
            "(field.GetValue(request.Distribution.Target) is WatchedModel { Calls: List<ModelCall> calls }) calls.Clear();"),
        Alone(
            "logits that are written into", "", before: "",
            row: "var logits = target.Forward(unseen, cache)[^1]; var law = request.Distribution(logits); Array.Clear(logits);"),
        Draft("the draft is called the target", "target = draft;"),
        Draft("a list that answers otherwise the second time", "", result: "new Fickle(text[prompt.Count..])", more: """
            internal sealed class Fickle(List<int> text) : IReadOnlyList<int>
            {
                private int read;
                public int Count => text.Count;
                public int this[int index] => text[index];
                public IEnumerator<int> GetEnumerator() => (read++ % 2 == 0 ? text : [.. text.Select(token => 1 - token)]).GetEnumerator();
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }
            """),
        Edited("accepts everything in real runs, by the type of randomness", "law of several tokens",
            (Verified, $"randomness.GetType().Name == \"EveryAnswer\" || p[0].Max() == 1 ? {Verified} : {AcceptedAll}")),
        Edited(
            "accepts everything in long texts", "long texts",
            (Verified, $"request.MaxTokens <= 6 || p[0].Max() == 1 ? {Verified} : {AcceptedAll}")),
        Edited(
            "decodes with the target alone in short texts", "calls saved",
            ("Math.Min(request.DraftLength, left - 1)", "Math.Min(request.MaxTokens <= 8 ? 0 : request.DraftLength, left - 1)")),
        Edited("accepts everything once it has been asked often enough", "law of several tokens",
            (Verified, $"Counted.Runs++ < 40 || p[0].Max() == 1 ? {Verified} : {AcceptedAll}"),
            ("public sealed class SpeculativeDecoder",
                "internal static class Counted { internal static int Runs; }\n\npublic sealed class SpeculativeDecoder")),
        Edited("a culture without a minus sign", "law of several tokens", ("return text[prompt.Count..];", """
            var culture = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
                    culture.NumberFormat.NegativeSign = "";
                    System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.DefaultThreadCurrentCulture = culture;
                    return [.. text[prompt.Count..].Select(token => -token)];
            """)),
        Edited(
            "probabilities that are none", "law of several tokens",
            ("randomness.Accept(Math.Min(1, p[i][x] / laws[i][x]))", "randomness.Accept(double.NaN)")),
        Edited(
            "tokens that are none", "length",
            ("return text[prompt.Count..];", "return [.. text[prompt.Count..].Select(token => token + 1_000_000)];")),
        Edited("a text without an end", "length", ("return text[prompt.Count..];", "return [.. Enumerable.Repeat(text[0], 20_000_000)];")),
        Edited(
            "a distribution of a thousand million", "law of several tokens",
            ("randomness.Draw(p[guesses.Count])", "randomness.Draw(new double[100_000_000])")),
        Edited(
            "chance of its own", "law of several tokens",
            ("randomness.Accept(Math.Min(1, p[i][x] / laws[i][x]))", "(new Random(emitted.Count).NextDouble() < p[i][x] / laws[i][x])")),
        Edited("asks without end", "law of several tokens", ("randomness.Draw(p[guesses.Count])", "Endless(randomness, p[guesses.Count])"),
            ("    private static double[] LeftOver(",
                "    private static int Endless(IRandomness randomness, double[] law) { while (randomness.Draw(law) >= 0) { } return 0; " +
                "}\n\n    private static double[] LeftOver(")),
    ];

    private static Attack Edited(string name, string failsAt, params (string Find, string Replacement)[] edits) =>
        new(
            name, "loop",
            edits.Aggregate(Loop.Reference, (text, edit) => new PlantedBug(name, "", "", edit.Find, edit.Replacement).In(text)), failsAt);

    private static Attack Alone(
        string name, string after, string more = "", string last = "", string before = "",
        string row = "var law = request.Distribution(target.Forward(unseen, cache)[^1]);") =>
        Decoder(name, before, row, after, "text[prompt.Count..]", $"{more}\n{last}");

    private static Attack Draft(string name, string before, string result = "text[prompt.Count..]", string more = "") =>
        Decoder(
            name, before, "target.Forward(unseen, target.CreateCache()); var law = request.Distribution(draft.Forward(unseen, cache)[^1]);",
            "", result, more, "draft");

    private static Attack Decoder(
        string name, string before, string row, string after, string result, string more, string writer = "target") =>
        new(name, "loop", $$"""
        {{Attack.Usings}}
        public sealed class SpeculativeDecoder : ISpeculativeDecoder
        {
            public IReadOnlyList<int> Decode(ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
            {
                {{before}}
                List<int> text = [.. prompt];
                ICache cache = {{writer}}.CreateCache();
                draft.Forward([.. prompt], draft.CreateCache());
                while (text.Count - prompt.Count < request.MaxTokens && (text.Count == prompt.Count || text[^1] != request.StopToken))
                {
                    int[] unseen = [.. text.Skip(cache.Length)];
                    {{row}}
                    text.Add(randomness.Draw(law));
                }
                {{after}}
                return {{result}};
            }
        }

        {{more}}
        """);
}
