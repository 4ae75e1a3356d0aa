namespace Course.Core.Tests.Display;

public class SignedTests
{
    [Theory]
    [InlineData(0.034, "+3.4%")]
    [InlineData(-0.034, "-3.4%")]
    [InlineData(0, "0.0%")]
    [InlineData(-0.0001, "0.0%")]
    [InlineData(0.0001, "0.0%")]
    public void A_difference_has_a_sign_unless_it_rounds_to_zero(double share, string written) =>
        Assert.Equal(written, Signed.Percent(share));
}
