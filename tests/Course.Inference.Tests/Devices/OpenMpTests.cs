using System.Runtime.InteropServices;
using Course.Inference.Devices;

namespace Course.Inference.Tests.Devices;

public partial class OpenMpTests
{
    /// <summary>Read through the C library, as libgomp does: .NET has its own copy of the environment.</summary>
    [Fact]
    public void Libtorchs_threads_are_told_to_wait_asleep_unless_the_user_said_otherwise()
    {
        if (!OperatingSystem.IsLinux())
            return; // elsewhere libtorch has another OpenMP
        LibTorch.Require();

        var expected = Environment.GetEnvironmentVariable(OpenMp.WaitPolicy)
            ?? (Environment.GetEnvironmentVariable("GOMP_SPINCOUNT") is null ? "passive" : null);

        Assert.Equal(expected, Marshal.PtrToStringUTF8(ReadEnvironment(OpenMp.WaitPolicy)));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ReadEnvironment(string name);
}
