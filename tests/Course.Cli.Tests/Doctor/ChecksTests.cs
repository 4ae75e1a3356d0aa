using Course.Cli.Doctor;

namespace Course.Cli.Tests.Doctor;

public class ChecksTests
{
    private static readonly Finding[] Findings = [.. Checks.All()];

    [Theory]
    [InlineData("SDK")]
    [InlineData("CPU")]
    [InlineData("ICU")]
    [InlineData("libtorch")]
    [InlineData("devices")]
    [InlineData("models")]
    [InlineData("Jupyter")]
    [InlineData("kernelspec")]
    public void Every_subject_is_reported_once(string subject) =>
        Assert.Single(Findings, finding => finding.Subject == subject);

    [Fact]
    public void Every_shortcoming_says_what_to_do() =>
        Assert.All(Findings.Where(finding => finding.Health != Health.Good), finding => Assert.NotEqual("", finding.Remedy));

    [Fact]
    public void The_course_can_run_here() =>
        Assert.DoesNotContain(Findings, finding => finding.Health == Health.Broken && finding.Subject != "models");
}
