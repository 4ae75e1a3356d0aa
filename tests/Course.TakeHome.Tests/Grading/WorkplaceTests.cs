using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Course.TakeHome.Grading.Running;

namespace Course.TakeHome.Tests.Grading;

[SupportedOSPlatform("linux")]
public sealed class WorkplaceTests
{
    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);

    [Fact]
    public void A_sandbox_that_runs_as_another_user_may_read_everything_whatever_the_mask()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var before = SetMask(0b000_111_111);
        try
        {
            using var place = new Workplace();
            place.Put("source/exercises/loop/Answer.cs", [1]);
            Assert.All(Directory.GetFileSystemEntries(place.Root, "*", SearchOption.AllDirectories).Append(place.Root), path =>
                Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead), path));
        }
        finally
        {
            _ = SetMask(before);
        }
    }
}
