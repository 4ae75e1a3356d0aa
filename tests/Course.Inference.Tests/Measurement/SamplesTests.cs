using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class SamplesTests
{
    [Fact]
    public void Quantiles_interpolate_between_neighbours()
    {
        var samples = new Samples([7, 1, 3, 10]); // sorted: 1 3 7 10, at 0, 1/3, 2/3, 1

        Assert.Equal(5, samples.Median);
        Assert.Equal(2.5, samples.LowerQuartile);
        Assert.Equal(7.75, samples.UpperQuartile);
        Assert.Equal(5.25, samples.Spread);
        Assert.Equal((1, 10, 4), (samples.Minimum, samples.Maximum, samples.Count));
        Assert.Equal(5.25, samples.Mean);
    }

    [Fact]
    public void One_sample_is_all_of_its_statistics()
    {
        var samples = new Samples([4]);

        Assert.All([samples.Minimum, samples.LowerQuartile, samples.Median, samples.UpperQuartile, samples.Maximum],
            value => Assert.Equal(4, value));
    }

    [Fact]
    public void Values_keep_the_order_they_were_taken_in() => Assert.Equal([3, 1, 2], new Samples([3, 1, 2]).Values);

    [Fact]
    public void An_outlier_moves_the_mean_and_not_the_median()
    {
        var quiet = new Samples([1, 1, 1, 1, 1]);
        var disturbed = new Samples([1, 1, 1, 1, 101]);

        Assert.Equal(quiet.Median, disturbed.Median);
        Assert.Equal(21, disturbed.Mean);
    }

    [Fact]
    public void Nothing_and_not_a_number_are_refused()
    {
        Assert.Throws<CourseException>(() => new Samples([]));
        Assert.Throws<CourseException>(() => new Samples([1, double.NaN]));
    }
}
