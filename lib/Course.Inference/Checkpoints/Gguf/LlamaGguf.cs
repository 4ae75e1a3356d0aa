using Course.Inference.Families.Llama;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>What llama.cpp calls the tensors of a Llama, and how it orders their rows.</summary>
internal static class LlamaGguf
{
    public const string Architecture = "llama";
    public const string Embedding = "token_embd.weight";
    public const string FinalNorm = "output_norm.weight";
    public const string Head = "output.weight";

    /// <summary>Every tensor under both names, in the order of <see cref="LlamaLayout"/>; the head last, tied or not.</summary>
    public static IEnumerable<GgufName> Names(LlamaConfiguration c) =>
    [
        new(LlamaLayout.Embedding, Embedding),
        .. Enumerable.Range(0, c.Layers).SelectMany(layer => LlamaLayout.LayerTensors.Select(tensor =>
            new GgufName(LlamaLayout.Name(layer, tensor.Role), $"blk.{layer}.{tensor.GgufName}.weight", tensor.RotatedHeads(c)))),
        new(LlamaLayout.FinalNorm, FinalNorm),
        new(LlamaLayout.Head, Head),
    ];

    /// <summary>
    /// llama.cpp turns neighbours (2i, 2i + 1), this project (i, i + d/2): the rows of q and k, within each head, in the order in which the
    /// file has them. Null where rows keep their places.
    /// </summary>
    public static long[]? FileOrder(LlamaConfiguration c, GgufName name) =>
        name.RotatedHeads > 0
            ? [.. Enumerable.Range(0, name.RotatedHeads * c.HeadWidth).Select(row => (long)InModel(row, c.HeadWidth))]
            : null;

    /// <summary>The opposite of <see cref="FileOrder"/>: where in the file each of the model's rows is.</summary>
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
/// <param name="Ours">Hugging Face's, which this project uses.</param>
/// <param name="Theirs">llama.cpp's.</param>
/// <param name="RotatedHeads">How many heads its rows make up, where they are rotated; otherwise 0.</param>
internal readonly record struct GgufName(string Ours, string Theirs, int RotatedHeads = 0);
