using System.Globalization;

namespace Course.Notebooks.Tests;

/// <summary>
/// The exercises of the lessons take the right answer, rounded to three figures, and reject the mistake that the question is about:
/// one interval too many, scales forgotten, a user who fits by nine tenths.
/// </summary>
public sealed class ExerciseCellTests
{
    [Fact]
    public Task Lesson_00() => Hold("00-your-machine.ipynb", lesson => [lesson.Imports("setup")],
        new("answer1", Right: 140, 280), new("answer2", Right: 35, 70), new("answer3", Right: 10, 5, 20), new("answer4", Right: 100, 2000.0 / 21));

    [Fact]
    public Task Lesson_01() => Hold("01-naive-decoding.ipynb", lesson => [lesson.Cell("setup"), lesson.Cell("parts")],
        new("passesForgetting", Right: 14_950, 14_850, 15_050), new("passesRemembering", Right: 199, 198, 200), new("usedPercent", Right: 0.391, 39.1));

    [Fact]
    public Task Lesson_02() => Hold("02-batching.ipynb", lesson => [lesson.Cell("setup"), "var c = model.Configuration;"],
        new("rows16", Right: 200, 100, 400), new("rows8", Right: 100, 200), new("paddingPercent", Right: 66.7, 50, 200), new("usedPercent", Right: 12.1, 12.5, 6.25));

    [Fact]
    public Task Lesson_03() => Hold("03-quantisation.ipynb", lesson => [lesson.Imports("setup")],
        new("bitsOf128", Right: 4.13, 4, 4.25), new("tokensFp16", Right: 3.57, 7.14), new("tokensInt4", Right: 12.7, 14.3),
        new("bytesMoved", Right: 8.56, 8.5, 4.56), new("endFp32", Right: 7.5, 15), new("endInt8", Right: 1.875, 3.75));

    [Fact]
    public Task Lesson_04() => Hold("04-kv-cache.ipynb",
        lesson => [lesson.Cell("setup"), lesson.Cell("predict-bytes"), lesson.Cell("bytes"), lesson.Cell("grouped")],
        new("kilobytes", Right: 328, 164, 2621), new("users", Right: 29, 29.8, 30), new("wastedTokens", Right: 15_500, 16_000), new("blocks", Right: 14, 13, 15));

    [Fact]
    public Task Lesson_05() => Hold("05-speculative-decoding.ipynb", lesson => [lesson.Imports("setup")],
        new("stands", Right: 0.7, 0.3), new("second", Right: 1, 0.4), new("perRound", Right: 3.36, 2.95), new("speedup", Right: 1.77, 1.68, 2.40),
        new("breakEven", Right: 0.3, 0.2), new("operations", Right: 1.61, 1.64, 1.31));

    [Fact]
    public Task Lesson_06() => Hold("06-beyond-the-paper.ipynb", lesson => [lesson.Imports("setup")],
        new("copyGain", Right: 1.48, 1.14), new("lookupGain", Right: 1.996, 1.992, 2), new("lookupMost", Right: 2, 1.96), new("dogStands", Right: 0.3, 0.7),
        new("dogWritten", Right: 0.3, 0.51), new("oneRow", Right: 2.95, 3.36), new("eightRows", Right: 0.738, 2.95));

    [Fact]
    public Task What_if() => Hold("interviewer/what-if.ipynb",
        lesson => [lesson.Cell("setup"), lesson.Cell("world"), lesson.Cell("knobs"), lesson.Cell("machinery")],
        new("bestGain", Right: 1.98, 1.961, 1.948), new("gigabytes", Right: 37.9, 35.3, 2.62), new("rowsAtRidge", Right: 206, 103, 412));

    private static async Task Hold(string notebook, Func<RunningLesson, string[]> before, params Case[] cases)
    {
        await using var lesson = new RunningLesson(notebook);
        await lesson.Run(before(lesson));
        var cell = lesson.Cell("exercises-code");
        foreach (var (answer, right, wrong) in cases)
        {
            Assert.Contains($"{answer} = null", cell, StringComparison.Ordinal);
            async Task<int> Solved(double value) =>
                (await lesson.Run(cell.Replace($"{answer} = null", $"{answer} = {value.ToString("R", CultureInfo.InvariantCulture)}", StringComparison.Ordinal)))
                    .Count(text => text.Contains('✓', StringComparison.Ordinal));
            Assert.True(await Solved(right) == 1, $"{answer}: {right} is right and is not taken.");
            foreach (var mistake in wrong)
                Assert.True(await Solved(mistake) == 0, $"{answer}: {mistake} is the mistake that is asked about, and it is taken.");
        }
    }

    /// <summary>A variable of the exercise cell, the answer it wants, and the mistakes that it must not take.</summary>
    private sealed record Case(string Answer, double Right, params double[] Wrong);
}
