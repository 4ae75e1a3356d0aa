using NetMQ;

namespace Course.Kernel.Jupyter;

/// <summary>The process that Jupyter starts.</summary>
public static class KernelProgram
{
    public static async Task<int> RunAsync(string connectionFile)
    {
        var connection = ConnectionFile.Read(connectionFile);
        await using (var kernel = new JupyterKernel(connection))
            await kernel.RunAsync();
        // Waits until the last replies have left.
        NetMQConfig.Cleanup(block: true);
        // A cell may have left threads that hold the process.
        Environment.Exit(0);
        return 0;
    }
}
