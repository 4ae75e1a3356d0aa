using System.Text.Json;
using Course.Cli.Generating;
using Course.Inference;
using Course.Inference.Sampling;

namespace Course.Cli.Tests.Generating;

/// <summary>`course generate --speculate`: another way to the same text, and a report of how it came.</summary>
public sealed class SpeculationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly string model;

    public SpeculationTests() => model = TinyLlama2c.Write(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(GenerationRequest request)
    {
        using var output = new StringWriter();
        Assert.Equal(0, Generation.Run(request with { Model = model, Device = "cpu", Prompt = "abab", Options = new() { MaxTokens = 6, Sampling = SamplingOptions.Greedy } }, output, default));
        return output.ToString();
    }

    [Theory]
    [InlineData("lookup", null)]
    [InlineData("lookup", "0")]
    [InlineData("lookup", "auto")]
    public void Greedy_text_is_the_same_whoever_drafts(string drafter, string? gamma) => Assert.Equal(Run(new()), Run(new() { Speculate = drafter, Gamma = gamma }));

    [Fact]
    public void Matrices_too_narrow_for_int4_are_named() => Assert.Throws<CourseException>(() => Run(new() { Speculate = "int4" }));

    [Fact]
    public void A_draft_of_ones_own_is_named_by_its_folder() => Assert.Equal(Run(new()), Run(new() { Speculate = $"draft:{model}", Gamma = "3" }));

    [Fact]
    public void Json_has_the_rounds()
    {
        using var json = JsonDocument.Parse(Run(new() { Speculate = $"draft:{model}", Gamma = "2", Json = true }));
        var steps = json.RootElement.GetProperty("speculation").GetProperty("steps");

        Assert.Equal([3, 3], steps.EnumerateArray().Select(step => step.GetProperty("emitted").GetInt32()));
        Assert.Equal(2, steps[0].GetProperty("guesses").GetArrayLength());
    }

    [Fact]
    public void Origins_print_the_text_and_a_summary()
    {
        var output = Run(new() { Speculate = $"draft:{model}", Gamma = "2", Origins = true });
        Assert.Contains("6 tokens in 2 verifications (3.00 each); 4 of 4 judged guesses stood", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("guessing", null, "expected lookup")]
    [InlineData("early:x", null, "expected lookup")]
    [InlineData("early:9", null, "An early exit lies behind")]
    [InlineData("lookup", "many", "--gamma many")]
    [InlineData("lookup", "-1", "got -1")]
    [InlineData(null, "3", "--speculate")]
    public void What_cannot_be_is_named(string? drafter, string? gamma, string named) =>
        Assert.Contains(named, Assert.Throws<CourseException>(() => Run(new() { Speculate = drafter, Gamma = gamma })).Message, StringComparison.Ordinal);
}
