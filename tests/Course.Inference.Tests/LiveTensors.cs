using TorchSharp;

namespace Course.Inference.Tests;

internal static class LiveTensors
{
    /// <summary>
    /// Tensors that this thread made and that have not been disposed of: other tests run beside this one, so the process's count is no use.
    /// </summary>
    public static long OfThisThread => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
