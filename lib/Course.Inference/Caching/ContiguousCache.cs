using System.Runtime.InteropServices;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Keys and values in one block per layer, [B, Hkv, capacity, d], every row filled from the front.</summary>
public sealed unsafe class ContiguousCache : ITensorCache, ICacheMemory
{
    private readonly Tensor[] keys;   // L × [≥ B, Hkv, capacity, d]
    private readonly Tensor[] values; // L × [≥ B, Hkv, capacity, d]
    private readonly nint[] keyMemory, valueMemory; // [L], where they begin; empty where kernels cannot read them
    private readonly CachedLengths lengths;
    private readonly long rowElements; // Hkv · capacity · d
    private int finite; // Columns before this one hold numbers in all rows, be they some row's keys, forgotten ones, or zeros.

    /// <exception cref="CourseException">There are no rows, or no memory for them.</exception>
    public ContiguousCache(CacheShape c, int rows, Device device, ScalarType type)
    {
        if (rows < 1)
            throw new CourseException($"A cache needs at least one row; got {rows}.");
        (Capacity, rowElements) = (c.ContextLength, (long)c.KeyValueHeads * c.ContextLength * c.HeadWidth);
        // What dies with this scope if the memory does not suffice for all of it.
        using var scope = NewDisposeScope();
        try
        {
            // Not zeroed: a system that hands out pages at first touch then only spends what is used.
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
        lengths = new(rows, Capacity);
        nint[] Memory(Tensor[] blocks) => type == ScalarType.Float32 ? [.. blocks.Select(HostMemory.Of).OfType<nint>()] : [];
        (keyMemory, valueMemory) = (Memory(keys), Memory(values));
    }

    internal ILanguageModel? Owner { get; init; }

    ILanguageModel? IOwnedCache.Owner => Owner;

    ICacheMemory? IModelCache.Memory => keyMemory.Length > 0 ? this : null;

    IInt8CacheMemory? IModelCache.Int8Memory => null;

    public int Rows => lengths.Rows;

    public int Capacity { get; }

    public int Length => lengths.Longest;

    public int LengthOf(int row) => lengths[row];

    public long Bytes => keys.Concat(values).Sum(block => block.numel() * block.element_size());

    public CacheType Type => CacheType.AsModel;

    int ICacheMemory.BlockTokens => Capacity;

    float* ICacheMemory.Keys(int layer, int row, int block) => (float*)keyMemory[layer] + row * rowElements;

    float* ICacheMemory.Values(int layer, int row, int block) => (float*)valueMemory[layer] + row * rowElements;

    void IModelCache.Reserve(PackedRows newTokens) => lengths.RequireRoom(newTokens);

    void IModelCache.Advance(PackedRows newTokens)
    {
        lengths.Advance(newTokens);
        finite = Math.Max(finite, lengths.Longest);
    }

    (Tensor Keys, Tensor Values) ITensorCache.Append(int layer, Tensor newKeys, Tensor newValues, TokenPlaces places)
    {
        if (layer == 0)
            MakeFinite(places);
        return (Append(keys[layer], newKeys, places), Append(values[layer], newValues, places));
    }

    public void Rewind(int count) => lengths.Rewind(count);

    public void Rewind(int row, int count) => lengths.Rewind(row, count);

    public void Keep(int row, int length, ReadOnlySpan<int> further)
    {
        lengths.RequireKept(row, length, further);
        VectorMoves.Run(keys.Concat(values), VectorMoves.Of(length, further, place => (row, place)));
        lengths.Rewind(row, lengths[row] - length - further.Length);
    }

    public void Add()
    {
        using var ordinary = inference_mode(false); // a tensor that is born in inference mode can be written in it alone
        using var scope = NewDisposeScope();
        if (Rows == keys[0].shape[0])
            Grow(2 * Rows);
        // What an earlier row left there, or nobody wrote: there must be numbers wherever a masked product may read.
        foreach (var block in keys.Concat(values))
            block.select(0, Rows).narrow(1, 0, finite).zero_();
        lengths.Add(0);
    }

    /// <summary>Twice the rows, so that rows that join one by one are seldom copied.</summary>
    private void Grow(int rows)
    {
        Tensor[] larger;
        try
        {
            larger = [.. keys.Concat(values).Select(block => empty([rows, .. block.shape[1..]], block.dtype, block.device))];
        }
        catch (ExternalException e)
        {
            throw new CourseException($"No memory for a cache of {rows} rows of {Capacity} tokens in {keys.Length} layers: it has {Rows}. Let a row go first.", e);
        }
        for (var layer = 0; layer < keys.Length; layer++)
        {
            keys[layer] = Moved(keys[layer], larger[layer]);
            values[layer] = Moved(values[layer], larger[keys.Length + layer]);
            if (keyMemory.Length > 0)
                (keyMemory[layer], valueMemory[layer]) = (HostMemory.Of(keys[layer])!.Value, HostMemory.Of(values[layer])!.Value);
        }
    }

    private Tensor Moved(Tensor from, Tensor to)
    {
        for (var row = 0; row < Rows; row++)
            to.select(0, row).narrow(1, 0, Math.Max(finite, lengths[row])).copy_(from.select(0, row).narrow(1, 0, Math.Max(finite, lengths[row])));
        from.Dispose();
        return to.DetachFromDisposeScope();
    }

    public void Remove(int row)
    {
        lengths.RequireRow(row);
        using var guard = inference_mode();
        using var scope = NewDisposeScope();
        foreach (var block in keys.Concat(values))
            for (var next = row + 1; next < Rows; next++)
                block.select(0, next - 1).narrow(1, 0, lengths[next]).copy_(block.select(0, next).narrow(1, 0, lengths[next]));
        lengths.Remove(row);
    }

    public void Dispose()
    {
        foreach (var block in keys.Concat(values))
            block.Dispose();
    }

    private Tensor Append(Tensor block, Tensor added, TokenPlaces places)
    {
        if (places.InStep)
        {
            using var rows = added.view(Rows, places.New.Longest, added.shape[1], added.shape[2]).transpose(1, 2); // [B, Hkv, T, d]
            using var room = block.narrow(0, 0, Rows).narrow(2, places.Cached[0], places.New.Longest);
            room.copy_(rows);
        }
        else
        {
            block.index_put_(added, TensorIndex.Tensor(places.Rows), TensorIndex.Colon, TensorIndex.Tensor(places.Places)); // [B, :, capacity] at N places
        }
        return block.narrow(0, 0, Rows).narrow(2, 0, places.Longest);
    }

    /// <summary>
    /// Where rows are ragged, a masked product reads behind the shorter ones: there must be numbers, for zero times a NaN is one.
    /// Rows in step leave no gap, and write all their columns themselves.
    /// </summary>
    private void MakeFinite(TokenPlaces places)
    {
        if (places.InStep || places.Longest <= finite)
            return;
        foreach (var block in keys.Concat(values))
            using (var fresh = block.narrow(0, 0, Rows).narrow(2, finite, places.Longest - finite))
                fresh.zero_();
        finite = places.Longest;
    }
}
