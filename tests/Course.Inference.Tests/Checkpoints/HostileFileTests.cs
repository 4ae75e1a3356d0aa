using System.Text;
using Course.Inference.Checkpoints;
using Course.Inference.Families.Llama;
using Course.Inference.Tests.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints;

/// <summary>Thousands of damaged files, each from a seed: a model or a readable error is right, everything else is a bug.</summary>
public sealed class HostileFileTests : IDisposable
{
    private const int Mutations = 1000;

    /// <summary>Fragments that break parsers, to be inserted into files.</summary>
    private static readonly string[] Splices =
    [
        "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "-1", "0", "1e400", "9223372036854775807", "18446744073709551616", "\\ud800",
        "\u0000", "é", "\"a\":", "F16",
    ];

    private readonly TemporaryFolder folder = new();
    private readonly LlamaConfiguration c = SmallModel.Shape(
        vocabulary: 5, width: 4, hidden: 3, layers: 1, heads: 2, keyValueHeads: 1, headWidth: 2, context: 8);

    public HostileFileTests()
    {
        using var scope = NewDisposeScope();
        Checkpoint.Save(folder.Path, c, SmallModel.Tensors(c, SmallModel.Weights(c, 7)), ScalarType.BFloat16);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("config.json")]
    public void A_damaged_file_gives_a_model_or_an_error_in_words_and_leaks_nothing(string name)
    {
        var path = folder.File(name);
        var good = File.ReadAllBytes(path);
        var random = new Random(8);
        var before = LiveTensors.OfThisThread;
        var refused = 0;
        for (var i = 0; i < Mutations; i++)
        {
            File.WriteAllBytes(path, Mutate(good, random));
            try
            {
                Models.LoadReadable(folder.Path).Dispose();
            }
            catch (FileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, Mutations / 4, Mutations);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    private static byte[] Mutate(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
            Change(bytes, random);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(5))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                break;
            case 3: // an overwritten piece keeps the length, and so gets past the first check
                var splice = Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]);
                for (var i = 0; i < splice.Length && at + i < bytes.Count; i++)
                    bytes[at + i] = splice[i];
                break;
            default:
                if (at > 0)
                    bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
