using Course.Inference.Families.Llama;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>llama.cpp's names of the tensors of a Llama, and its order of their rows.</summary>
internal static class LlamaGguf
{
    public const string Architecture = "llama";
    public const string Embedding = "token_embd.weight";
    public const string FinalNorm = "output_norm.weight";
    public const string Head = "output.weight";

    /// <summary>Every tensor under both names, in the order of <see cref="LlamaLayout"/>, and the head last, even if it is tied.</summary>
    public static IEnumerable<GgufName> Names(LlamaConfiguration c) =>
    [
        new(LlamaLayout.Embedding, Embedding),
        .. Enumerable.Range(0, c.Layers).SelectMany(layer => LlamaLayout.LayerTensors.Select(tensor =>
            new GgufName(LlamaLayout.Name(layer, tensor.Role), $"blk.{layer}.{tensor.GgufName}.weight", tensor.RotatedHeads(c)))),
        new(LlamaLayout.FinalNorm, FinalNorm),
        new(LlamaLayout.Head, Head),
    ];

    /// <summary>
    /// The order of a tensor's rows in the file; null if it is that of the model. llama.cpp rotates pairs of neighbours (2i, 2i + 1), this
    /// project (i, i + d/2), so the rows of q and k are reordered within each head.
    /// </summary>
    public static long[]? FileOrder(LlamaConfiguration c, GgufName name) =>
        name.RotatedHeads > 0
            ? [.. Enumerable.Range(0, name.RotatedHeads * c.HeadWidth).Select(row => (long)InModel(row, c.HeadWidth))]
            : null;

    /// <summary>The inverse of <see cref="FileOrder"/>: the index in the file of each row of the model.</summary>
    public static long[]? ModelOrder(LlamaConfiguration c, GgufName name)
    {
        if (FileOrder(c, name) is not { } order)
            return null;
        var inverse = new long[order.Length];
        for (var row = 0; row < order.Length; row++)
            inverse[order[row]] = row;
        return inverse;
    }

    private static int InModel(int row, int d) => row / d * d + row % d / 2 + row % 2 * (d / 2);
}

/// <summary>A tensor's name in Hugging Face's checkpoints and in llama.cpp's files.</summary>
/// <param name="Ours">Hugging Face's name, which this project uses.</param>
/// <param name="Theirs">llama.cpp's name.</param>
/// <param name="RotatedHeads">The number of heads in a matrix whose outputs are rotated; 0 for the others.</param>
internal readonly record struct GgufName(string Ours, string Theirs, int RotatedHeads = 0);
