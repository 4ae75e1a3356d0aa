namespace Course.TakeHome.Tests.Grading.Hostile;

/// <summary>Answers that attack their process, or the conversation with the judge.</summary>
internal static class ProcessAttacks
{
    private const string Stdout = "using var output = Console.OpenStandardOutput();";

    public static IReadOnlyList<Attack> All { get; } =
    [
        // A reply of eight bytes, 2.0, in the format of the wire.
        Statement("an answer is forged on the wire", $"{Stdout} output.Write([9, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 64]);"),
        Statement("an answer is forged a thousand times",
            $"{Stdout} for (int i = 0; i < 1000; i++) output.Write([9, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 64]);"),
        Statement("a message of two thousand million bytes is announced", $"{Stdout} output.Write([255, 255, 255, 127]);"),
        Statement("a message of less than no bytes is announced", $"{Stdout} output.Write([255, 255, 255, 255]);"),
        Statement("a message that says nothing", $"{Stdout} output.Write([0, 0, 0, 0]);"),
        Statement("a question that nobody is asked", $"{Stdout} output.Write([2, 0, 0, 0, 1, 250]);"),
        Statement("models are asked for that nobody lent",
            $"{Stdout} output.Write([15, 0, 0, 0, 1, 23, 1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0]);"),
        Statement("decoders are asked for that nobody showed", $"{Stdout} output.Write([6, 0, 0, 0, 1, 6, 9, 0, 0, 0]);"),
        Statement("what the judge says is read away", "Console.OpenStandardInput().Read(new byte[4]);"),
        Statement("the way to the judge is closed",
            "Console.OpenStandardOutput().Dispose(); new System.IO.FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, true), " +
            "System.IO.FileAccess.Write).Dispose();"),
        Statement("the process ends as if all were well", "Environment.Exit(0);"),
        Statement("something is left to be done at the process's end",
            $"AppDomain.CurrentDomain.ProcessExit += (_, _) => {{ {Stdout} output.Write([9, 0, 0, 0, 2, 0, 0, 0, 0, " +
            "0, 0, 0, 64]); }; Environment.Exit(0);"),
        Statement("the runner is found by its name and searched", """
            foreach (var type in AppDomain.CurrentDomain.GetAssemblies().SelectMany(assembly => assembly.GetTypes()))
                foreach (var field in type.GetFields((System.Reflection.BindingFlags)40).Where(_ => type.FullName!.Contains("TakeHome")))
                    _ = field.IsLiteral || type.ContainsGenericParameters ? null : field.GetValue(null);
            """),
        Statement("a process of its own", "System.Diagnostics.Process.Start(\"/usr/bin/sleep\", \"600\");"),
        Statement("its first process is killed", "System.Diagnostics.Process.Start(\"/usr/bin/kill\", \"-9 1\"); Thread.Sleep(500);"),
        Statement("finalizers that never end", "for (int i = 0; i < 100; i++) new Endless(); GC.Collect();",
            "internal sealed class Endless { ~Endless() { while (true) { } } }"),
        Statement("a failure that says it is a success", "throw new CheckFailedException(\"\");"),
        Statement(
            "an initialiser that runs before all else", "",
            "internal static class First { [ModuleInitializer] internal static void Run() { Console.SetOut(System.IO.TextWriter.Null); " +
            "Thread.CurrentThread.Priority = ThreadPriority.Lowest; } }\n" + Attack.OwnAttributes),
        Statement(
            "an array that is longer than it is", "Long l = default; _ = l.ToString();",
            "[InlineArray(1_000_000)] internal struct Long { public double First; }\n" + Attack.OwnAttributes),
        Statement("it says that it is not done", "throw new NotImplementedException(\"later\");"),
    ];

    private static Attack Statement(string name, string statements, string more = "") => new(name, "speedup", $$"""
        {{Attack.Usings}}
        public sealed class SpeedupEstimate : ISpeedupEstimate
        {
            public SpeedupEstimate() { {{statements}} }
            public double Acceptance(IReadOnlyList<MeasuredRound> rounds) => 2;
            public double TokensPerRound(double acceptance, int draftLength) => 2;
            public double Speedup(double acceptance, double draftCost, Func<int, double> verificationCost, int draftLength) => 2;
            public int BestDraftLength(double acceptance, double draftCost, Func<int, double> verificationCost, int most) => 2;
        }

        {{more}}
        """);
}
