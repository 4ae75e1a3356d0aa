using System.Text.Json;
using Course.Cli.Generating;
using Course.Inference.Sampling;

namespace Course.Cli.Tests.Generating;

/// <summary>`course generate --speculate`: the same text, and a report of how it was generated.</summary>
public sealed class SpeculationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly string model;

    public SpeculationTests() => model = TinyLlama2c.Write(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(GenerationRequest request)
    {
        using var output = new StringWriter();
        Assert.Equal(
            0,
            Generation.Run(
                request with
                {
                    Model = model,
                    Device = "cpu",
                    Prompt = "abab",
                    Options = new() { MaxTokens = 6, Sampling = SamplingOptions.Greedy }
                }, output, default));
        return output.ToString();
    }

    [Theory]
    [InlineData("lookup", null)]
    [InlineData("lookup", "0")]
    [InlineData("lookup", "auto")]
    public void Greedy_text_is_the_same_with_every_drafter(string drafter, string? gamma) =>
        Assert.Equal(Run(new()), Run(new() { Speculate = drafter, Gamma = gamma }));

    [Theory]
    [InlineData("3-1")]
    [InlineData("2-2-1")]
    public void It_is_the_same_with_several_candidates_at_a_position(string tree)
    {
        Assert.Equal(Run(new()), Run(new() { Speculate = "lookup", Tree = tree }));
        Assert.Equal(Run(new()), Run(new() { Speculate = $"draft:{model}", Tree = tree }));
    }

    [Fact]
    public void Matrices_too_narrow_for_int4_are_named() => Assert.Throws<CourseException>(() => Run(new() { Speculate = "int4" }));

    [Fact]
    public void A_draft_of_ones_own_is_named_by_its_folder() =>
        Assert.Equal(Run(new()), Run(new() { Speculate = $"draft:{model}", Gamma = "3" }));

    [Fact]
    public void Json_has_the_speculation_steps()
    {
        using var json = JsonDocument.Parse(Run(new() { Speculate = $"draft:{model}", Gamma = "2", Json = true }));
        var steps = json.RootElement.GetProperty("speculation").GetProperty("steps");

        Assert.Equal([3, 3], steps.EnumerateArray().Select(step => step.GetProperty("emitted").GetInt32()));
        Assert.Equal(2, steps[0].GetProperty("guesses").GetArrayLength());
    }

    [Fact]
    public void Json_says_how_the_draft_branched()
    {
        using var json = JsonDocument.Parse(Run(new() { Speculate = $"draft:{model}", Tree = "2-1", Json = true }));
        var step = json.RootElement.GetProperty("speculation").GetProperty("steps")[0];

        Assert.Equal([-1, 0, -1, 2], step.GetProperty("tree").GetProperty("parents").EnumerateArray().Select(parent => parent.GetInt32()));
        Assert.Equal([0, 1], step.GetProperty("tree").GetProperty("path").EnumerateArray().Select(node => node.GetInt32()));
    }

    [Fact]
    public void Origins_of_a_tree_print_every_rejected_draft_token()
    {
        using var json = JsonDocument.Parse(Run(new() { Speculate = "lookup", Tree = "3-1", Json = true }));
        var rejected = json.RootElement.GetProperty("speculation").GetProperty("steps").EnumerateArray()
            .Sum(step => step.GetProperty("judged").GetInt32() - step.GetProperty("accepted").GetInt32());
        var output = Run(new() { Speculate = "lookup", Tree = "3-1", Origins = true });
        Assert.True(rejected > 0);
        // but for the terminal's own
        Assert.Equal(rejected, output.Split("accepted")[0].Index().Count(at => at.Item == '[' && output[at.Index - 1] != '\e'));
    }

    [Fact]
    public void Origins_print_the_text_and_a_summary()
    {
        var output = Run(new() { Speculate = $"draft:{model}", Gamma = "2", Origins = true });
        Assert.Contains("6 tokens in 2 verifications (3.00 each); 4 of 4 verified draft tokens accepted", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Origins_are_told_by_marks_where_there_are_no_colours()
    {
        using var json = JsonDocument.Parse(Run(new() { Speculate = "lookup", Tree = "3-1", Json = true }));
        var steps = json.RootElement.GetProperty("speculation").GetProperty("steps").EnumerateArray().ToArray();
        var output = Run(new() { Speculate = "lookup", Tree = "3-1", Origins = true }); // into a text, which has none
        Assert.Contains("accepted  {resampled}  <bonus>  [rejected]", output, StringComparison.Ordinal);
        Assert.Equal(
            steps.Sum(step => step.GetProperty("emitted").GetInt32() - step.GetProperty("accepted").GetInt32()),
            output.Split("accepted  {")[0].Count(mark => mark is '}' or '>'));
    }

    [Theory]
    [InlineData("guessing", null, "expected lookup")]
    [InlineData("early:x", null, "expected lookup")]
    [InlineData("early:9", null, "An early exit lies behind")]
    [InlineData("lookup", "many", "--gamma many")]
    [InlineData("lookup", "-1", "got -1")]
    [InlineData(null, "3", "--speculate")]
    public void An_invalid_value_is_named(string? drafter, string? gamma, string named) =>
        Assert.Contains(
            named, Assert.Throws<CourseException>(() => Run(new() { Speculate = drafter, Gamma = gamma })).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("lookup", null, "4-x", "like 4-2-1; got \"4-x\"")]
    [InlineData("lookup", null, "4-0", "at least 1 candidate")]
    [InlineData("lookup", null, "30-30-1", "at most 1024 nodes")]
    [InlineData("lookup", null, "40-20", "Take a smaller tree")]
    [InlineData("lookup", "3", "2-1", "Give one of them")]
    [InlineData(null, null, "2-1", "--speculate")]
    public void An_invalid_tree_is_refused_by_name(string? drafter, string? gamma, string tree, string named) =>
        Assert.Contains(
            named, Assert.Throws<CourseException>(() => Run(new() { Speculate = drafter, Gamma = gamma, Tree = tree })).Message,
            StringComparison.Ordinal);
}
