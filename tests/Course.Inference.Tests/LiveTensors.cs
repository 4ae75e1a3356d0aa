using TorchSharp;

namespace Course.Inference.Tests;

internal static class LiveTensors
{
    /// <summary>
    /// The number of tensors that this thread has created and not disposed of. The count of the process is useless, because other tests run
    /// in parallel.
    /// </summary>
    public static long OfThisThread => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
