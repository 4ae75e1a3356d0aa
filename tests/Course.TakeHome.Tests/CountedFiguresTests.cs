using System.Globalization;
using System.Text.RegularExpressions;
using Course.Mutants;
using Course.Mutants.Checks;
using Course.TakeHome.Exercises;
using Course.TakeHome.Tests.Rubrics;

namespace Course.TakeHome.Tests;

/// <summary>Numbers in prose that code can count agree with the code.</summary>
public sealed partial class CountedFiguresTests
{
    private static readonly string[] Words =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly Dictionary<string, int> Counts = new()
    {
        ["planted bugs"] = SpeculationMutants.All.Count,
        ["follow-up questions"] = CourseRubric.Bank.Questions.Count,
        ["checks"] = SpeculationChecks.All.Count,
        ["exercises"] = Exercise.All.Count,
    };

    [Fact]
    public void Figures_in_the_readme_and_the_candidates_readme_are_counted() => Assert.Empty(
        from file in new[] { "README.md", "lib/Course.TakeHome/Template/README.md" }
        from Match figure in Figure().Matches(File.ReadAllText(Path.Combine(CourseRubric.Root, file)))
        where Number(figure.Groups[1].Value) != Counts[figure.Groups[2].Value]
        select $"{file}: \"{figure.Value}\", and there are {Counts[figure.Groups[2].Value]}");

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : Array.FindIndex(Words, word => word.Equals(text, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(
        @"\b(\d+|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) "
            + @"(planted bugs|follow-up questions|checks|exercises)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Figure();
}
