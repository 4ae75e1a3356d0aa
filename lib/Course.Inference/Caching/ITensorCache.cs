using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>A cache as plain tensor operations use it: reserve, append to every layer, advance.</summary>
internal interface ITensorCache : IModelCache
{
    /// <summary>
    /// Writes one layer's new keys and values, [Σ T_r, Hkv, d], behind those that are there and returns all of them, [B, Hkv, longest S_r + T_r, d].
    /// Behind a shorter row's own there is something finite, which a mask must hide. <see cref="IKeyValueCache.LengthOf"/> does not move yet.
    /// </summary>
    (Tensor Keys, Tensor Values) Append(int layer, Tensor newKeys, Tensor newValues, TokenPlaces places);
}
