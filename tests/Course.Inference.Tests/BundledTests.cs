namespace Course.Inference.Tests;

public class BundledTests
{
    [Fact]
    public void A_reader_can_name_another_checkpoint()
    {
        const string variable = Bundled.DraftVariable;
        var before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, "elsewhere");
            Assert.Equal("elsewhere", Bundled.Draft);
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }
}
