using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>Where one call's new tokens go in a pool of blocks, and which blocks it reads.</summary>
internal sealed class PagedPlaces
{
    public PagedPlaces(TokenPlaces places, BlockTables tables, int blockTokens, Device device)
    {
        Of = places;
        BlocksPerRow = (places.Longest + blockTokens - 1) / blockTokens;
        var (blocks, inBlock, read) = (new long[places.New.Count], new long[places.New.Count], new long[(long)places.New.Rows * BlocksPerRow]);
        for (var row = 0; row < places.New.Rows; row++)
        {
            for (var t = 0; t < places.New.LengthOf(row); t++)
            {
                var (block, place) = Math.DivRem(places.Cached[row] + t, blockTokens);
                (blocks[places.New.Start(row) + t], inBlock[places.New.Start(row) + t]) = (tables.Block(row, block), place);
            }
            // After a shorter row's own blocks its last one comes again, and for a row without any the pool's first: finite, and hidden by the mask.
            for (var block = 0; block < BlocksPerRow; block++)
                read[row * BlocksPerRow + block] = tables[row].Count > 0 ? tables.Block(row, Math.Min(block, tables[row].Count - 1)) : 0;
        }
        (Blocks, InBlock, Read) = (tensor(blocks, device: device), tensor(inBlock, device: device), tensor(read, device: device));
    }

    public TokenPlaces Of { get; }

    public int BlocksPerRow { get; }

    /// <summary>[Σ T_r] int64: the block of each new token.</summary>
    public Tensor Blocks { get; }

    /// <summary>[Σ T_r] int64: its place there.</summary>
    public Tensor InBlock { get; }

    /// <summary>[B · BlocksPerRow] int64</summary>
    public Tensor Read { get; }
}
