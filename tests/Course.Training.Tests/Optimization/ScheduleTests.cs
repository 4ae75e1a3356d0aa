using Course.Training.Optimization;

namespace Course.Training.Tests.Optimization;

public class ScheduleTests
{
    private readonly Schedule schedule = new(WarmUp: 10, Steps: 100, DescentShare: 0.4);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(4, 0.5)]
    [InlineData(9, 1)]
    [InlineData(59, 1)]
    [InlineData(60, 1)]
    [InlineData(80, 0.5)]
    [InlineData(100, 0)]
    [InlineData(120, 0)]
    public void The_rate_rises_stays_and_falls(int step, double factor) => Assert.Equal(factor, schedule.Factor(step), 1e-12);

    [Fact]
    public void Before_its_descent_a_longer_run_has_the_same_rates() =>
        Assert.Equal(Rates(schedule), Rates(schedule with { Steps = 1000 }));

    private static IEnumerable<double> Rates(Schedule schedule) => Enumerable.Range(0, 60).Select(schedule.Factor);
}
