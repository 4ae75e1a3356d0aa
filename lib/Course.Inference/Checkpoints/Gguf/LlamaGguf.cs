using Course.Inference.Families.Llama;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>What llama.cpp calls the tensors of a Llama, and how it orders their rows.</summary>
internal static class LlamaGguf
{
    public const string Architecture = "llama";
    public const string Embedding = "token_embd.weight";
    public const string FinalNorm = "output_norm.weight";
    public const string Head = "output.weight";

    private static readonly (string Ours, string Theirs)[] LayerParts =
    [
        ("input_layernorm", "attn_norm"), ("self_attn.q_proj", "attn_q"), ("self_attn.k_proj", "attn_k"), ("self_attn.v_proj", "attn_v"), ("self_attn.o_proj", "attn_output"),
        ("post_attention_layernorm", "ffn_norm"), ("mlp.gate_proj", "ffn_gate"), ("mlp.up_proj", "ffn_up"), ("mlp.down_proj", "ffn_down"),
    ];

    /// <summary>Hugging Face's names and llama.cpp's, in the order of <see cref="LlamaLayout"/>; the head last, tied or not.</summary>
    public static IEnumerable<(string Ours, string Theirs)> Names(LlamaConfiguration c) =>
    [
        (LlamaLayout.Embedding, Embedding),
        .. Enumerable.Range(0, c.Layers).SelectMany(layer => LayerParts.Select(part => (LlamaLayout.Layer(layer, part.Ours), $"blk.{layer}.{part.Theirs}.weight"))),
        (LlamaLayout.FinalNorm, FinalNorm),
        (LlamaLayout.Head, Head),
    ];

    /// <summary>
    /// llama.cpp turns neighbours (2i, 2i + 1), this project (i, i + d/2): the rows of q and k, within each head, in the order in which the file has them.
    /// Null where rows keep their places.
    /// </summary>
    public static long[]? FileOrder(LlamaConfiguration c, string ours) =>
        Heads(c, ours) is var heads and > 0 ? [.. Enumerable.Range(0, heads * c.HeadWidth).Select(row => (long)InModel(row, c.HeadWidth))] : null;

    /// <summary>The opposite of <see cref="FileOrder"/>: where in the file each of the model's rows is.</summary>
    public static long[]? ModelOrder(LlamaConfiguration c, string ours)
    {
        if (FileOrder(c, ours) is not { } order)
            return null;
        var inverse = new long[order.Length];
        for (var row = 0; row < order.Length; row++)
            inverse[order[row]] = row;
        return inverse;
    }

    private static int Heads(LlamaConfiguration c, string ours) =>
        ours.EndsWith("q_proj.weight", StringComparison.Ordinal) ? c.QueryHeads
        : ours.EndsWith("k_proj.weight", StringComparison.Ordinal) ? c.KeyValueHeads : 0;

    private static int InModel(int row, int d) => row / d * d + row % d / 2 + row % 2 * (d / 2);
}
