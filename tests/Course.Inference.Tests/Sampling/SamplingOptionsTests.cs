using Course.Inference.Sampling;

namespace Course.Inference.Tests.Sampling;

public sealed class SamplingOptionsTests
{
    public static TheoryData<SamplingOptions, string> OutOfRange => new()
    {
        { new() { Temperature = -0.1 }, "Temperature" },
        { new() { Temperature = double.NaN }, "Temperature" },
        { new() { Temperature = double.PositiveInfinity }, "Temperature" },
        { new() { TopK = 0 }, "TopK" },
        { new() { TopP = 0 }, "TopP" },
        { new() { TopP = 1.01 }, "TopP" },
        { new() { TopP = double.NaN }, "TopP" },
        { new() { MinP = -0.01 }, "MinP" },
        { new() { MinP = 1.01 }, "MinP" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_value_out_of_its_range_is_named(SamplingOptions options, string name) =>
        Assert.StartsWith(name, Assert.Throws<CourseException>(() => new SamplingPipeline(options)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_ends_of_the_ranges_are_in_them() =>
        new SamplingOptions { Temperature = 0, TopK = 1, TopP = 1, MinP = 1 }.Validated();
}
