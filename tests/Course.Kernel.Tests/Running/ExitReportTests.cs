using Course.Kernel.Running;

namespace Course.Kernel.Tests.Running;

public sealed class ExitReportTests
{
    [Fact]
    public void A_process_without_output_is_described_by_its_exit_code() =>
        Assert.Equal("the kernel died (exit code 3) without a message.", ExitReport.Of(3, "\n"));

    [Fact]
    public void The_last_lines_are_quoted() =>
        Assert.EndsWith(":\n2\n3\n4\n5", ExitReport.Of(1, "1\n2\n3\n4\n5\n"), StringComparison.Ordinal);

    [Fact]
    public void Of_a_stack_overflow_the_beginning_and_the_cells_own_frames_are_quoted()
    {
        var said = "warning\nStack overflow.\nRepeated 9 times:\n------\n   at Cell#1.F()\n------\n"
            + string.Concat(Enumerable.Repeat("   at System.Inner()\n", 1000));

        Assert.EndsWith(":\nStack overflow.\nRepeated 9 times:\n   at Cell#1.F()", ExitReport.Of(1, said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_is_named_except_on_Windows() =>
        Assert.Equal(!OperatingSystem.IsWindows(), ExitReport.Of(139, "").Contains("SIGSEGV", StringComparison.Ordinal));
}
