using System.Text;

namespace Course.Cli.Tests.Generating;

/// <summary>Writes a tiny llama2.c model and its tokenizer: 3 control tokens, 256 bytes and a space.</summary>
internal static class TinyLlama2c
{
    private const int Layers = 1, Heads = 2, KeyValueHeads = 1, Vocabulary = 260, Context = 64;

    /// <summary>A width that is valid for all weight formats.</summary>
    public const int Groups = 64;

    /// <param name="folder">The folder for model and tokenizer.</param>
    /// <param name="width">D, and also the hidden width.</param>
    /// <returns>The model's path.</returns>
    public static string Write(string folder, int width = 4)
    {
        WriteTokenizer(Path.Combine(folder, "tokenizer.bin"));
        var path = Path.Combine(folder, "model.bin");
        using var writer = new BinaryWriter(File.Create(path));
        foreach (var size in new[] { width, width, Layers, Heads, KeyValueHeads, Vocabulary, Context })
            writer.Write(size);
        var headWidth = width / Heads;
        var weights = Vocabulary * width
            + Layers * (2 * width + 2 * width * width + 2 * width * KeyValueHeads * headWidth + 3 * width * width) + width;
        var random = new Random(1);
        for (var i = 0; i < weights; i++)
            writer.Write(random.NextSingle() - 0.5f);
        for (var i = 0; i < Context * headWidth; i++) // rotary tables, which nobody reads
            writer.Write(0f);
        return path;
    }

    private static void WriteTokenizer(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(8);
        for (var id = 0; id < Vocabulary; id++)
        {
            var piece = Encoding.UTF8.GetBytes(
                id switch { 0 => "<unk>", 1 => "\n<s>\n", 2 => "\n</s>\n", 259 => " ", _ => $"<0x{id - 3:X2}>" });
            writer.Write(0f);
            writer.Write(piece.Length);
            writer.Write(piece);
        }
    }
}
