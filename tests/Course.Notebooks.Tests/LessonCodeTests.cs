namespace Course.Notebooks.Tests;

/// <summary>
/// Code that a lesson defines because it is the lesson, held to the library's: the cells run as they stand in the notebook, and then a cell
/// of the test's own, which throws where they differ.
/// </summary>
public sealed class LessonCodeTests
{
    private const string Lesson05 = "05-speculative-decoding.ipynb";

    [Fact]
    public Task The_three_line_rule_accepts_and_replaces_as_the_library_does() => Hold(Lesson05, ["setup", "rule"], """
        var pipeline = new SamplingPipeline(SamplingOptions.Default);
        double[] Some(int V, int seed) => pipeline.Distribution(TableModel.Arbitrary(V, 8, seed).Logits([0]));
        JointLaw Verdicts(double[] q, Func<int, IRandomness, (int Token, bool Stands)> judge) => JointLaw.Of(chance =>
        {
            var (token, stands) = judge(chance.Draw(q), chance);
            return [token, stands ? 1 : 0];
        });
        foreach (var V in new[] { 2, 3, 7 })
            for (var seed = 1; seed <= 40; seed++)
            {
                var (p, q) = (Some(V, seed), Some(V, seed + 500));
                var lesson = Verdicts(q, (x, chance) => Check(x, p, q, chance));
                var library = Verdicts(q, (x, chance) =>
                {
                    // With γ = 1 and a bonus that is certain, the verdict is the token's own.
                    var judgement = new RecursiveRejection().Verify(DraftTree.Chain([new(x, q)]), [p, [1, .. new double[V - 1]]], chance);
                    return (judgement.Accepted == 1 ? x : judgement.Next, judgement.Accepted == 1);
                });
                if (TotalVariation.Between(lesson, library) > 1e-12)
                    throw new Exception($"The lesson's rule differs from the library's at V = {V}, seed {seed}.");
            }
        """);

    [Fact]
    public Task The_greedy_loop_writes_what_the_library_decodes() => Hold(Lesson05, ["setup", "models", "loop", "loop-check"], """
        foreach (var prompt in prompts.Take(3))
        {
            var options = new DecodingOptions { MaxTokens = 24, Sampling = SamplingOptions.Greedy };
            var run = new SpeculativeDecoder(target, new ModelDrafter(draft), new() { DraftLength = 3 }).Decode(prompt, options, new SeededRandomness(1));
            var expected = run.Select(token => token.Token).ToArray();
            if (!GuessAndCheck(prompt, expected.Length, 3).Text.SequenceEqual(expected))
                throw new Exception("The lesson's loop writes another text than the library.");
        }
        """);

    private static async Task Hold(string notebook, string[] cells, string check)
    {
        await using var lesson = new RunningLesson(notebook);
        await lesson.Run([.. cells.Select(lesson.Cell), check]);
    }
}
