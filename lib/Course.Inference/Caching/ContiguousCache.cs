using Course.Inference.Models;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Keys and values in one block per layer, [B, Hkv, capacity, d], filled from the front.</summary>
public sealed class ContiguousCache : IKeyValueCache
{
    private readonly Tensor[] keys;   // L × [B, Hkv, capacity, d]
    private readonly Tensor[] values; // L × [B, Hkv, capacity, d]

    public ContiguousCache(LlamaConfiguration c, int rows, Device device, ScalarType type)
    {
        if (rows < 1)
            throw new CourseException($"A cache needs at least one row; got {rows}.");
        (Configuration, Rows, Capacity) = (c, rows, c.ContextLength);
        Tensor Block() => zeros([rows, c.KeyValueHeads, Capacity, c.HeadWidth], type, device).DetachFromDisposeScope();
        keys = [.. Enumerable.Range(0, c.Layers).Select(_ => Block())];
        values = [.. Enumerable.Range(0, c.Layers).Select(_ => Block())];
    }

    /// <summary>The model that this cache is shaped for.</summary>
    public LlamaConfiguration Configuration { get; }

    public int Rows { get; }

    public int Capacity { get; }

    public int Length { get; private set; }

    public long Bytes => keys.Concat(values).Sum(block => block.numel() * block.element_size());

    /// <summary>
    /// Writes one layer's new keys and values, [B, Hkv, T, d], behind the S that are there and returns views of all S + T.
    /// <see cref="Length"/> moves only when every layer has written: see <see cref="Advance"/>.
    /// </summary>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor newKeys, Tensor newValues)
    {
        var T = newKeys.shape[2];
        keys[layer].narrow(2, Length, T).copy_(newKeys);
        values[layer].narrow(2, Length, T).copy_(newValues);
        return (keys[layer].narrow(2, 0, Length + T), values[layer].narrow(2, 0, Length + T));
    }

    /// <summary>Counts the T tokens that every layer has now written.</summary>
    public void Advance(int newTokens)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Length + newTokens, Capacity, nameof(newTokens));
        Length += newTokens;
    }

    public void Rewind(int count)
    {
        if (count < 0 || count > Length)
            throw new CourseException($"Cannot rewind {count} tokens: the cache holds {Length}.");
        Length -= count;
    }

    public void Dispose()
    {
        foreach (var block in keys.Concat(values))
            block.Dispose();
    }
}
