using System.Runtime.InteropServices;
using Course.Inference.Modeling;
using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>
/// Keys and values in blocks of a few tokens that rows take from one pool as they grow (Kwon et al. 2023). Nothing is wasted but the end of each row's
/// last block; a common prefix is stored once, until a row writes into a block that others see, and gets its own copy of that block.
/// </summary>
/// <remarks>Plain tensor operations cannot follow a block table: they gather the blocks at every call. Kernels follow it.</remarks>
public sealed unsafe class PagedCache : ITensorCache, ICacheMemory, IInt8CacheMemory
{
    private readonly IBlockStore[] keys, values; // [L]
    private readonly bool growing; // a pool of as many blocks as the rows' contexts need, however many rows come
    private readonly BlockTables tables;
    private readonly CachedLengths lengths;
    private readonly Device device;
    private BlockShape shape;
    private PagedPlaces? places;

    internal PagedCache(CacheShape c, int rows, CacheOptions options, Device device, ScalarType type)
    {
        if (rows < 1)
            throw new CourseException($"A cache needs at least one row; got {rows}.");
        (Capacity, Type, this.device, growing) = (c.ContextLength, options.Type, device, options.Blocks is null);
        var blockTokens = Math.Min(options.BlockTokens ?? Capacity, Capacity);
        shape = new(BlocksFor(options, rows, Capacity, blockTokens), c.KeyValueHeads, blockTokens, c.HeadWidth);
        using var scope = NewDisposeScope(); // What dies here if the memory does not suffice for all of it.
        try
        {
            IBlockStore Store() => Type == CacheType.Int8 ? new Int8Blocks(shape, device, type) : new PlainBlocks(shape, device, type);
            keys = [.. Enumerable.Range(0, c.Layers).Select(_ => Store())];
            values = [.. Enumerable.Range(0, c.Layers).Select(_ => Store())];
            (tables, lengths) = (new(rows, shape.Blocks, blockTokens), new(rows, Capacity));
        }
        catch (ExternalException e)
        {
            throw new CourseException(
                $"No memory for a cache of {shape.Blocks} blocks of {blockTokens} tokens in {c.Layers} layers on {device}. Ask for fewer blocks.", e);
        }

        foreach (var tensor in Tensors)
            tensor.DetachFromDisposeScope();
    }

    internal ILanguageModel? Owner { get; init; }

    ILanguageModel? IOwnedCache.Owner => Owner;

    ICacheMemory? IModelCache.Memory => keys[0] is PlainBlocks { Memory: not null } ? this : null;

    IInt8CacheMemory? IModelCache.Int8Memory => keys[0] is Int8Blocks { Memory: not null } ? this : null;

    public int Rows => lengths.Rows;

    public int Capacity { get; }

    public int Length => lengths.Longest;

    public int LengthOf(int row) => lengths[row];

    /// <summary>Of the whole pool: blocks · BlockTokens · 2·L·Hkv vectors of d elements each, and their scales where it is quantised.</summary>
    public long Bytes => Tensors.Sum(tensor => tensor.numel() * tensor.element_size());

    public CacheType Type { get; }

    public int BlockTokens => shape.Tokens;

    /// <summary>How many blocks there are.</summary>
    public int Blocks => shape.Blocks;

    /// <summary>How many blocks no row refers to.</summary>
    public int FreeBlocks => tables.Free;

    /// <summary>The blocks of a row, in the order of its tokens.</summary>
    public IReadOnlyList<int> BlocksOf(int row)
    {
        lengths.RequireRow(row);
        return tables[row];
    }

    /// <summary>How many rows a block belongs to.</summary>
    public int SharersOf(int block)
    {
        if ((uint)block >= (uint)Blocks)
            throw new CourseException($"There is no block {block}: the cache has {Blocks}.");
        return tables.References(block);
    }

    /// <summary>
    /// A new row, the last, that begins with the first <paramref name="tokens"/> tokens of another and shares their blocks: nothing is copied.
    /// </summary>
    /// <returns>Its number.</returns>
    /// <exception cref="CourseException">There is no such row, or it holds fewer tokens.</exception>
    public int Fork(int row, int tokens)
    {
        if (tokens < 0 || tokens > lengths[row])
            throw new CourseException($"Cannot share {tokens} tokens: row {row} of the cache holds {lengths[row]}.");
        tables.Trim(lengths);
        tables.Fork(row, tokens);
        lengths.Add(tokens);
        return Rows - 1;
    }

    public void Rewind(int count)
    {
        lengths.Rewind(count);
        tables.Trim(lengths);
    }

    public void Rewind(int row, int count)
    {
        lengths.Rewind(row, count);
        tables.Trim(lengths);
    }

    public void Keep(int row, int length, ReadOnlySpan<int> further)
    {
        lengths.RequireKept(row, length, further);
        var moved = VectorMoves.FirstMoved(length, further);
        if (moved < length + further.Length)
            Copy(tables.Own(row, moved, length + further.Length));
        VectorMoves.Run(Tensors, VectorMoves.Of(length, further, place => (tables.Block(row, place / BlockTokens), place % BlockTokens)));
        Rewind(row, lengths[row] - length - further.Length);
    }

    /// <summary>
    /// A new row. A pool whose size was given stays as it is; one of as many blocks as the rows' contexts need grows, where there are not enough for one row more.
    /// </summary>
    /// <inheritdoc/>
    public void Add()
    {
        var needed = (Rows + 1) * (((long)Capacity + BlockTokens - 1) / BlockTokens);
        if (growing && needed > shape.Blocks)
            Grow((int)Math.Min(int.MaxValue, Math.Max(needed, 2L * shape.Blocks)));
        tables.Add();
        lengths.Add(0);
    }

    private void Grow(int blocks)
    {
        try
        {
            foreach (var store in keys.Concat(values))
                store.Grow(blocks);
        }
        catch (ExternalException e)
        {
            throw new CourseException($"No memory for a cache of {blocks} blocks of {BlockTokens} tokens: it has {shape.Blocks}. Let a row go first.", e);
        }
        tables.Grow(blocks);
        shape = shape with { Blocks = blocks };
        places = null;
    }

    public void Remove(int row)
    {
        lengths.Remove(row);
        tables.Remove(row);
    }

    void IModelCache.Reserve(PackedRows newTokens)
    {
        lengths.RequireRoom(newTokens);
        Copy(tables.Reserve(lengths, newTokens));
    }

    private void Copy(IReadOnlyList<BlockCopy> copies)
    {
        foreach (var copy in copies)
            for (var layer = 0; layer < keys.Length; layer++)
            {
                keys[layer].Copy(copy);
                values[layer].Copy(copy);
            }
    }

    void IModelCache.Advance(PackedRows newTokens) => lengths.Advance(newTokens);

    (Tensor Keys, Tensor Values) ITensorCache.Append(int layer, Tensor newKeys, Tensor newValues, TokenPlaces newPlaces)
    {
        if (places?.Of != newPlaces)
            places = new(newPlaces, tables, BlockTokens, device);
        return (Append(keys[layer], newKeys, places), Append(values[layer], newValues, places));
    }

    float* ICacheMemory.Keys(int layer, int row, int block) => Plain(keys[layer], row, block);

    float* ICacheMemory.Values(int layer, int row, int block) => Plain(values[layer], row, block);

    sbyte* IInt8CacheMemory.Keys(int layer, int row, int block) => Quantised(keys[layer], row, block);

    sbyte* IInt8CacheMemory.Values(int layer, int row, int block) => Quantised(values[layer], row, block);

    float* IInt8CacheMemory.KeyScales(int layer, int row, int block) => Scales(keys[layer], row, block);

    float* IInt8CacheMemory.ValueScales(int layer, int row, int block) => Scales(values[layer], row, block);

    public void Dispose()
    {
        foreach (var tensor in Tensors)
            tensor.Dispose();
    }

    private IEnumerable<Tensor> Tensors => keys.Concat(values).SelectMany(store => store.Tensors);

    private float* Plain(IBlockStore store, int row, int block) => (float*)((PlainBlocks)store).Memory!.Value + tables.Block(row, block) * shape.Elements;

    private sbyte* Quantised(IBlockStore store, int row, int block) => (sbyte*)((Int8Blocks)store).Memory!.Value + tables.Block(row, block) * shape.Elements;

    private float* Scales(IBlockStore store, int row, int block) => (float*)((Int8Blocks)store).ScaleMemory!.Value + tables.Block(row, block) * shape.Vectors;

    /// <summary>[Σ T_r, Hkv, d] is written, and [B, Hkv, longest S_r + T_r, d] read: a copy, put together from the rows' blocks.</summary>
    private Tensor Append(IBlockStore store, Tensor added, PagedPlaces to)
    {
        store.Write(added, to.Blocks, to.InBlock);
        var tokens = Math.Min(BlockTokens, to.Of.Longest); // a block of a whole context is hardly ever full
        return store.Read(to.Read, tokens)                                        // [B · n, Hkv, tokens, d]
            .view(Rows, to.BlocksPerRow, shape.Heads, tokens, shape.Width)
            .transpose(1, 2)                                                      // [B, Hkv, n, tokens, d]
            .reshape(Rows, shape.Heads, (long)to.BlocksPerRow * tokens, shape.Width)
            .narrow(2, 0, to.Of.Longest);
    }

    private static int BlocksFor(CacheOptions options, int rows, int capacity, int blockTokens)
    {
        var all = options.Blocks ?? rows * (((long)capacity + blockTokens - 1) / blockTokens);
        return all <= int.MaxValue ? (int)all : throw new CourseException($"{all} blocks are more than a cache can count. Ask for fewer rows, or for larger blocks.");
    }
}
