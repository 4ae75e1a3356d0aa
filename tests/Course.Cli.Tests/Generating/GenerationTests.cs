using System.Text.Json;
using Course.Cli.Generating;
using Course.Inference.Sampling;

namespace Course.Cli.Tests.Generating;

/// <summary>
/// The whole path of `course generate`, on a model that the test writes: four weights wide, with nearly uniform predictions.
/// </summary>
public sealed class GenerationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("course-test-").FullName;
    private readonly string model;

    public GenerationTests() => model = TinyLlama2c.Write(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private (int ExitCode, string Output) Run(GenerationRequest request, CancellationToken cancel = default)
    {
        using var output = new StringWriter();
        return (Generation.Run(request with { Model = model, Device = "cpu" }, output, cancel), output.ToString());
    }

    [Fact]
    public void Streams_text_and_a_line_end()
    {
        var (code, output) = Run(new() { Prompt = "ab", Seed = 4, Options = new() { MaxTokens = 6 } });

        Assert.Equal(0, code);
        Assert.EndsWith(Environment.NewLine, output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_tokens_text_timings_and_what_is_needed_to_do_it_again()
    {
        var request = new GenerationRequest { Prompt = "ab", Seed = 4, Json = true, Options = new() { MaxTokens = 6 } };
        using var json = JsonDocument.Parse(Run(request).Output);
        var report = json.RootElement;

        Assert.Equal(model, report.GetProperty("model").GetString());
        Assert.Equal(4, report.GetProperty("seed").GetInt32());
        Assert.Equal("tokenLimit", report.GetProperty("stopped").GetString());
        Assert.Equal(6, report.GetProperty("tokens").GetArrayLength());
        Assert.Equal(6, report.GetProperty("usage").GetProperty("calls").GetInt32());
        Assert.True(report.GetProperty("usage").GetProperty("cost").GetProperty("flops").GetDouble() > 0);
        Assert.True(report.GetProperty("seconds").GetProperty("firstToken").GetDouble() > 0);
        Assert.Equal(report.GetProperty("text").GetString(), Run(request with { Json = false }).Output.ReplaceLineEndings("\n")[..^1]);
    }

    [Fact]
    public void Json_says_that_there_is_no_top_k()
    {
        int? TopK(SamplingOptions sampling)
        {
            using var json = JsonDocument.Parse(
                Run(new() { Prompt = "ab", Json = true, Options = new() { MaxTokens = 1, Sampling = sampling } }).Output);
            var value = json.RootElement.GetProperty("sampling").GetProperty("topK");
            return value.ValueKind == JsonValueKind.Null ? null : value.GetInt32();
        }
        Assert.Null(TopK(SamplingOptions.Default));
        Assert.Equal(5, TopK(new() { TopK = 5 }));
    }

    [Fact]
    public void By_default_it_samples_as_the_lessons_do()
    {
        var options = CourseCommand.Build().Parse("generate");
        Assert.Equal((0.7, 0.95), (options.GetValue<double>("--temperature"), options.GetValue<double>("--top-p")));
    }

    [Fact]
    public void Both_decoders_write_the_same() => Assert.Equal(
        Run(new() { Seed = 9, Options = new() { MaxTokens = 12 }, Decoder = DecoderKind.Naive }),
        Run(new() { Seed = 9, Options = new() { MaxTokens = 12 }, Decoder = DecoderKind.Cached }));

    [Fact]
    public void Cancelling_ends_cleanly_with_the_exit_code_of_an_interrupt() =>
        Assert.Equal((130, Environment.NewLine), Run(new(), new(canceled: true)));

    [Fact]
    public void Options_are_checked_before_a_model_is_looked_for() => Assert.Contains(
        "Temperature",
        Assert.Throws<CourseException>(
            () =>
                Generation.Run(
                    new() { Model = "/no/such/model", Options = new() { Sampling = new SamplingOptions { Temperature = -1 } } },
                    TextWriter.Null, default)).Message,
        StringComparison.Ordinal);
}
