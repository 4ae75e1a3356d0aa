using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class RooflineTests
{
    private static readonly Roofline Machine = new(FlopsPerSecond: 100, BytesPerSecond: 20);

    [Fact]
    public void The_roofs_meet_where_both_limit()
    {
        Assert.Equal(5, Machine.Ridge);
        Assert.Equal(100, Machine.Attainable(5));
    }

    [Theory]
    [InlineData(0.5, 10, true)]
    [InlineData(4, 80, true)]
    [InlineData(50, 100, false)]
    public void Memory_limits_to_the_left_and_arithmetic_to_the_right(double intensity, double attainable, bool memoryBound)
    {
        Assert.Equal(attainable, Machine.Attainable(intensity));
        Assert.Equal(memoryBound, Machine.IsMemoryBound(intensity));
    }

    [Fact]
    public void The_slower_of_the_two_sets_the_least_time()
    {
        Assert.Equal(2, Machine.LeastSeconds(flops: 200, bytes: 20));
        Assert.Equal(3, Machine.LeastSeconds(flops: 200, bytes: 60));
    }
}
