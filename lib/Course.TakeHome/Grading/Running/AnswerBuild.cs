using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;
using Course.TakeHome.Grading.HandIns;
using Course.TakeHome.Grading.Reports;

namespace Course.TakeHome.Grading.Running;

/// <summary>The result of compiling a hand-in.</summary>
/// <param name="Assembly">The assembly; empty if not even a part of the hand-in compiles.</param>
/// <param name="Findings">The compiler's errors, with file and line.</param>
internal sealed record BuiltAnswers(byte[] Assembly, IReadOnlyList<Finding> Findings);

/// <summary>
/// Compiles a hand-in. All answers are compiled together, because one may use another. An exercise that does not compile is replaced by its
/// stub, so that the others can still be graded.
/// </summary>
internal sealed class AnswerBuild(Compiler compiler)
{
    private const string Name = "Answers";

    public BuiltAnswers Run(HandIn handIn, ulong seed, Workplace place, CancellationToken cancel)
    {
        Dictionary<string, byte[]> sources = new(handIn.Sources);
        List<Finding> findings = [];
        while (true)
        {
            var built = compiler.Run(Name, sources, place, cancel);
            if (built.Errors.Count == 0)
                return new(built.Assembly, findings);
            foreach (var error in built.Errors)
                findings.Add(new($"build/{findings.Count + 1}", true, PlainText.Line(error), ""));
            var broken = Exercise.All
                .Where(exercise => built.Errors.Any(error => error.StartsWith(Folder(exercise), StringComparison.Ordinal)))
                .Where(exercise => !IsStub(sources, exercise, seed)).ToArray();
            if (broken.Length == 0)
                return new([], findings);
            foreach (var exercise in broken)
                PutStub(sources, exercise, seed, findings, place);
        }
    }

    private static string Folder(Exercise exercise) => $"{HandInLayout.Exercises}/{exercise.Id}/";

    private static bool IsStub(Dictionary<string, byte[]> sources, Exercise exercise, ulong seed) =>
        sources.Keys.Where(path => path.StartsWith(Folder(exercise), StringComparison.Ordinal)).ToArray() is [var only]
            && sources[only].AsSpan().SequenceEqual(Stub(exercise, seed));

    private static byte[] Stub(Exercise exercise, ulong seed) => Encoding.UTF8.GetBytes(exercise.StubFor(seed));

    private static void PutStub(Dictionary<string, byte[]> sources, Exercise exercise, ulong seed, List<Finding> findings, Workplace place)
    {
        foreach (var path in sources.Keys.Where(path => path.StartsWith(Folder(exercise), StringComparison.Ordinal)).ToArray())
            sources.Remove(path);
        sources[$"{Folder(exercise)}{HandInLayout.Answer}"] = Stub(exercise, seed);
        place.Clear("source");
        findings.Add(new(
            $"{exercise.Id}/not-compiled", true,
            "It does not compile as it was handed in. The other exercises were graded without it.", ""));
    }
}
