namespace Course.Cli.Tests;

/// <summary>
/// Every value on a command line is checked by the same parsers, which name the option as it was typed and say in words what is expected.
/// </summary>
public class WantedTests
{
    private static readonly Type[] Numbers = [typeof(int), typeof(long), typeof(ulong), typeof(double)];

    /// <summary>Options that accept any text, even an empty one.</summary>
    private static readonly string[] FreeTexts = ["--prompt", "--remark"];

    public static TheoryData<string, string> NumericOptions => Options(type => Numbers.Contains(type));

    public static TheoryData<string, string> WordOptions => Options(type => type.IsEnum);

    public static TheoryData<string, string> TextOptions => Options(type => type == typeof(string) || type == typeof(string[]));

    [Theory]
    [MemberData(nameof(NumericOptions))]
    public void A_number_has_a_point_and_no_separators_in_every_language(string verb, string option)
    {
        foreach (var wrong in new[] { "0,7", "1,000", "abc", "", "1e999", "NaN", " 1", "--1" })
            Refused(verb, option, wrong);
        Assert.EndsWith("Write 0.7.", Errors($"generate --temperature 0,7").Single(), StringComparison.Ordinal);
        Assert.EndsWith("Write 1000.", Errors($"generate --max-tokens 1,000").Single(), StringComparison.Ordinal);
        Assert.EndsWith("Write 1234567.", Errors($"generate --seed 1,234,567").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("Write", Errors($"generate --max-tokens 1,5").Single(), StringComparison.Ordinal); // 15 is not what was meant
    }

    [Theory]
    [MemberData(nameof(WordOptions))]
    public void A_word_is_one_of_those_that_are_listed(string verb, string option)
    {
        foreach (var wrong in new[] { "nonsense", "1", "" })
            Refused(verb, option, wrong);
    }

    [Theory]
    [MemberData(nameof(TextOptions))]
    public void Nothing_is_no_name(string verb, string option)
    {
        if (!FreeTexts.Contains(option))
            Refused(verb, option, "");
    }

    [Theory]
    [InlineData("generate --temperature -0.5", "--temperature -0.5: expected 0 (greedy) or a positive number.")]
    [InlineData("generate --top-p 0", "--top-p 0: expected a number above 0 and at most 1.")]
    [InlineData("generate --min-p 2", "--min-p 2: expected a number from 0 to 1.")]
    [InlineData("generate --max-tokens -1", "--max-tokens -1: expected a whole number from 1 to 1000000.")]
    [InlineData("generate --seed -1", "--seed -1: expected a whole number from 0 to 18446744073709551615.")]
    [InlineData("generate --gamma -1", "--gamma -1: expected auto or a whole number from 0 to 1000.")]
    [InlineData("generate --precision int2", "--precision int2: expected float32, int8, int4.")]
    [InlineData("generate --max-tokens", "--max-tokens: a value is missing.")]
    [InlineData("run --timeout 0", "--timeout 0: expected seconds above 0, at most ten million.")]
    [InlineData("run --out ", "--out \"\": expected the name of a file or folder.")]
    [InlineData("train --rate 0,5", "--rate 0,5: expected a number above 0. Write 0.5.")]
    [InlineData("train --preset large", "--preset large: expected bundled or smoke.")]
    [InlineData("export --out x --type q9", "--type q9: expected f32, f16, q8_0 or q4_0.")]
    [InlineData("bench decode --cached 999999", "--cached 999999: expected a whole number from 1 to 496.")]
    [InlineData("lab --port 70000", "--port 70000: expected a whole number from 1 to 65535.")]
    public void The_expected_value_is_named(string line, string message) => Assert.Equal(message, Assert.Single(Errors(line)));

    [Theory]
    [InlineData("generate --temperature 1e-1")]
    [InlineData("generate --temperature .5")]
    [InlineData("generate --gamma auto")]
    [InlineData("generate --precision INT8")]
    [InlineData("generate --prompt @home")]
    [InlineData("train --seed -3")]
    public void A_valid_value_is_accepted(string line) => Assert.Empty(Errors(line));

    private static void Refused(string verb, string option, string value)
    {
        var errors = ParseErrors.Of(CourseCommand.Build().Parse([.. verb.Split(' '), option, value], CourseCommand.Parsing));
        var said = Assert.Single(errors, error => error.StartsWith($"{option} ", StringComparison.Ordinal));
        Assert.Contains(": expected ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Errors(string line) =>
        ParseErrors.Of(CourseCommand.Build().Parse(line.Split(' '), CourseCommand.Parsing));

    private static TheoryData<string, string> Options(Func<Type, bool> wanted)
    {
        var found = new TheoryData<string, string>();
        foreach (var (path, command) in VerbTree.All())
            foreach (var option in command.Options.Where(
                option => wanted(Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType)))
                found.Add(path, option.Name);
        return found;
    }
}
