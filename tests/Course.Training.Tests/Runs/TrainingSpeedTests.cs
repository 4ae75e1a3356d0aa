using Course.Training.Runs;

namespace Course.Training.Tests.Runs;

public class TrainingSpeedTests
{
    [Fact]
    public void Speed_and_remaining_time_count_from_where_the_run_was_resumed()
    {
        var pace = new TrainingSpeed(SmallRun.Recipe with { Steps = 100, Rows = 4, Window = 25 });
        pace.Observe(new(50, 1000, []));
        Assert.Null(pace.Left);

        pace.Observe(new(60, 1020, []));

        Assert.Equal(50, pace.TokensPerSecond, 1e-9);
        Assert.Equal(TimeSpan.FromSeconds(80), pace.Left);
    }
}
