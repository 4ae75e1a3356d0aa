using System.Runtime.InteropServices;
using Course.Inference.Models;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Keys and values in one block per layer, [B, Hkv, capacity, d], filled from the front.</summary>
public sealed class ContiguousCache : IKeyValueCache
{
    private readonly Tensor[] keys;   // L × [B, Hkv, capacity, d]
    private readonly Tensor[] values; // L × [B, Hkv, capacity, d]

    /// <exception cref="CourseException">There are no rows, or no memory for them.</exception>
    public ContiguousCache(LlamaConfiguration c, int rows, Device device, ScalarType type)
    {
        if (rows < 1)
            throw new CourseException($"A cache needs at least one row; got {rows}.");
        (Rows, Capacity) = (rows, c.ContextLength);
        // What dies with this scope if the memory does not suffice for all of it.
        using var scope = NewDisposeScope();
        try
        {
            // Not zeroed: nothing behind Length is ever read, and a system that hands out pages at first touch then only spends what is used.
            Tensor Block() => empty([rows, c.KeyValueHeads, Capacity, c.HeadWidth], type, device);
            keys = [.. Enumerable.Range(0, c.Layers).Select(_ => Block())];
            values = [.. Enumerable.Range(0, c.Layers).Select(_ => Block())];
        }
        catch (ExternalException e)
        {
            throw new CourseException(
                $"No memory for a cache of {rows} rows of {Capacity} tokens in {c.Layers} layers on {device}. Ask for fewer rows, or use a model with a shorter context.", e);
        }

        foreach (var block in keys.Concat(values))
            block.DetachFromDisposeScope();
    }

    /// <summary>The model that made this cache, if one did: another's keys would fit in shape and mean nothing.</summary>
    internal ILanguageModel? Owner { get; init; }

    public int Rows { get; }

    public int Capacity { get; }

    public int Length { get; private set; }

    public long Bytes => keys.Concat(values).Sum(block => block.numel() * block.element_size());

    /// <summary>
    /// Writes one layer's new keys and values, [B, Hkv, T, d], behind the S that are there and returns views of all S + T.
    /// <see cref="Length"/> moves only when every layer has written: see <see cref="Advance"/>.
    /// </summary>
    /// <exception cref="CourseException">There is no room for T tokens.</exception>
    public (Tensor Keys, Tensor Values) Append(int layer, Tensor newKeys, Tensor newValues)
    {
        var T = newKeys.shape[2];
        RequireRoom(T);
        return (Append(keys[layer], newKeys, T), Append(values[layer], newValues, T));
    }

    /// <summary>Counts the T tokens that every layer has now written.</summary>
    /// <inheritdoc cref="Append(int, Tensor, Tensor)" path="/exception"/>
    public void Advance(int newTokens)
    {
        RequireRoom(newTokens);
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

    private Tensor Append(Tensor block, Tensor added, long T)
    {
        using (var room = block.narrow(2, Length, T))
            room.copy_(added);
        return block.narrow(2, 0, Length + T);
    }

    private void RequireRoom(long newTokens)
    {
        if (Length + newTokens > Capacity)
            throw new CourseException($"The cache holds {Length} of at most {Capacity} tokens: no room for {newTokens} more. Rewind it, or shorten the text.");
    }
}
