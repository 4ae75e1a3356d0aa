using static TorchSharp.torch;

namespace Course.Inference.Caching;

/// <summary>A vector moves from one block and place to another.</summary>
internal readonly record struct VectorMove((int Block, int Place) From, (int Block, int Place) To);

/// <summary>Moves kept tokens together, in tensors of [blocks, heads, tokens, …].</summary>
internal static class VectorMoves
{
    /// <summary>The first place that another token moves to; where all stay, the place behind the last one kept.</summary>
    public static int FirstMoved(int length, ReadOnlySpan<int> further)
    {
        var stay = 0;
        while (stay < further.Length && further[stay] == length + stay)
            stay++;
        return length + stay;
    }

    /// <summary>What has to move so that the tokens at the further places stand behind the first <paramref name="length"/>.</summary>
    public static VectorMove[] Of(int length, ReadOnlySpan<int> further, Func<int, (int Block, int Place)> find)
    {
        var first = FirstMoved(length, further);
        var moves = new VectorMove[length + further.Length - first];
        for (var i = 0; i < moves.Length; i++)
            moves[i] = new(find(further[first - length + i]), find(first + i));
        return moves;
    }

    /// <summary>All are read before any is written.</summary>
    public static void Run(IEnumerable<Tensor> blocks, VectorMove[] moves)
    {
        if (moves.Length == 0)
            return;
        using var guard = inference_mode();
        using var scope = NewDisposeScope();
        Tensor? fromBlocks = null, fromPlaces = null, toBlocks = null, toPlaces = null; // [moves] int64
        foreach (var block in blocks)
        {
            Tensor Index(Func<VectorMove, long> of) => tensor([.. moves.Select(of)], device: block.device);
            fromBlocks ??= Index(move => move.From.Block);
            fromPlaces ??= Index(move => move.From.Place);
            toBlocks ??= Index(move => move.To.Block);
            toPlaces ??= Index(move => move.To.Place);
            var kept = block.index(TensorIndex.Tensor(fromBlocks), TensorIndex.Colon, TensorIndex.Tensor(fromPlaces)); // [moves, heads, …]
            block.index_put_(kept, TensorIndex.Tensor(toBlocks), TensorIndex.Colon, TensorIndex.Tensor(toPlaces));
        }
    }
}
