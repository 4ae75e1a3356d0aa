using NetMQ;

namespace Course.Kernel.Jupyter;

/// <summary>The entry point of the kernel process that Jupyter starts.</summary>
public static class KernelProgram
{
    public static async Task<int> RunAsync(string connectionFile)
    {
        var connection = ConnectionFile.Read(connectionFile);
        await using (var kernel = new JupyterKernel(connection))
            await kernel.RunAsync();
        // Waits until the last replies are sent.
        NetMQConfig.Cleanup(block: true);
        // A cell may have left threads that would keep the process alive.
        Environment.Exit(0);
        return 0;
    }
}
