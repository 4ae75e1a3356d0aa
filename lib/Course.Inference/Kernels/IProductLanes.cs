namespace Course.Inference.Kernels;

/// <summary>How one vector's worth of weights and inputs is read, multiplied and added up, in one vector width and number format.</summary>
/// <typeparam name="W">A stored weight.</typeparam>
/// <typeparam name="X">A stored input.</typeparam>
/// <typeparam name="VX">A vector of either, once read.</typeparam>
/// <typeparam name="VS">A vector of sums.</typeparam>
internal unsafe interface IProductLanes<W, X, VX, VS>
    where W : unmanaged
    where X : unmanaged
    where VX : unmanaged
    where VS : unmanaged
{
    /// <summary>Inputs per step.</summary>
    static abstract int Count { get; }

    static abstract VX Weights(W* from);

    static abstract VX Inputs(X* from);

    /// <summary>sums + w · x, lane by lane or pair by pair.</summary>
    static abstract VS MultiplyAdd(VX w, VX x, VS sums);

    static abstract float Total(VS sums);

    /// <summary>Σ w·x of the few that do not fill a vector.</summary>
    static abstract float Rest(W* w, X* x, long count);
}
