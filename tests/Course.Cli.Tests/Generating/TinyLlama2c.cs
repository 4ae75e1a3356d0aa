using System.Text;

namespace Course.Cli.Tests.Generating;

/// <summary>The smallest model of llama2.c that there is any sense in, and its tokenizer: 3 control tokens, 256 bytes and a space.</summary>
internal static class TinyLlama2c
{
    private const int Width = 4, Hidden = 4, Layers = 1, Heads = 2, KeyValueHeads = 1, Vocabulary = 260, Context = 64;

    public static string Write(string folder)
    {
        WriteTokenizer(Path.Combine(folder, "tokenizer.bin"));
        var path = Path.Combine(folder, "model.bin");
        using var writer = new BinaryWriter(File.Create(path));
        foreach (var size in new[] { Width, Hidden, Layers, Heads, KeyValueHeads, Vocabulary, Context })
            writer.Write(size);
        const int HeadWidth = Width / Heads;
        var weights = Vocabulary * Width + Layers * (2 * Width + 2 * Width * Width + 2 * Width * KeyValueHeads * HeadWidth + 3 * Width * Hidden) + Width;
        var random = new Random(1);
        for (var i = 0; i < weights; i++)
            writer.Write(random.NextSingle() - 0.5f);
        for (var i = 0; i < Context * HeadWidth; i++) // rotary tables, which nobody reads
            writer.Write(0f);
        return path;
    }

    private static void WriteTokenizer(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(8);
        for (var id = 0; id < Vocabulary; id++)
        {
            var piece = Encoding.UTF8.GetBytes(id switch { 0 => "<unk>", 1 => "\n<s>\n", 2 => "\n</s>\n", 259 => " ", _ => $"<0x{id - 3:X2}>" });
            writer.Write(0f);
            writer.Write(piece.Length);
            writer.Write(piece);
        }
    }
}
