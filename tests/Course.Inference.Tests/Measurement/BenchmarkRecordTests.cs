using Course.Inference.Measurement;

namespace Course.Inference.Tests.Measurement;

public class BenchmarkRecordTests
{
    [Fact]
    public void A_record_comes_back_with_machine_commit_date_and_every_sample()
    {
        var provenance = new Provenance("a machine", "cpu", "fp32", 3);
        var record = BenchmarkRecord.Of("forward", provenance, "abc123", [new Timing("T=1", new Samples([3, 1, 2]))], new ScriptedClock());

        var read = BenchmarkRecord.Parse(record.ToJson());

        Assert.Equal(("forward", "cpu", "fp32", "abc123"), (read.Name, read.Device, read.Precision, read.Commit));
        Assert.Equal(new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero), read.Date);
        Assert.Equal(Machine.Describe().Processor, read.Machine.Processor);
        Assert.Equal([3, 1, 2], read.Seconds["T=1"]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[1]")]
    public void What_is_no_record_is_refused(string json) => Assert.Throws<CourseException>(() => BenchmarkRecord.Parse(json));
}
