namespace Course.Inference;

/// <summary>The implementation that computes a model.</summary>
public enum Backend
{
    /// <summary>The fused kernels on a CPU, libtorch elsewhere.</summary>
    Auto,

    /// <summary>The fused kernels, which run on a CPU only.</summary>
    Fused,

    /// <summary>libtorch: the readable implementation.</summary>
    Torch,
}
