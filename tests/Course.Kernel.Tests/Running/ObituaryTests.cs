using Course.Kernel.Running;

namespace Course.Kernel.Tests.Running;

public sealed class ObituaryTests
{
    [Fact]
    public void A_death_without_words_is_told_by_its_code() =>
        Assert.Equal("the kernel died (exit code 3) without a word.", Obituary.Of(3, "\n"));

    [Fact]
    public void The_last_lines_are_quoted() =>
        Assert.EndsWith(":\n2\n3\n4\n5", Obituary.Of(1, "1\n2\n3\n4\n5\n"), StringComparison.Ordinal);

    [Fact]
    public void Of_a_stack_overflow_the_beginning_and_the_cells_own_frames_are_quoted()
    {
        var said = "warning\nStack overflow.\nRepeated 9 times:\n------\n   at Cell#1.F()\n------\n"
            + string.Concat(Enumerable.Repeat("   at System.Inner()\n", 1000));

        Assert.EndsWith(":\nStack overflow.\nRepeated 9 times:\n   at Cell#1.F()", Obituary.Of(1, said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signal_has_its_name_where_there_are_signals() =>
        Assert.Equal(!OperatingSystem.IsWindows(), Obituary.Of(139, "").Contains("SIGSEGV", StringComparison.Ordinal));
}
