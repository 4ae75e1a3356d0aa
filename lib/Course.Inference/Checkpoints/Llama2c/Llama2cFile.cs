using System.Buffers.Binary;
using Course.Inference.Families.Llama;
using Course.Inference.Files;
using Microsoft.Win32.SafeHandles;
using static Course.Inference.Files.CheckpointFile;
using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Llama2c;

/// <summary>
/// Reads models of llama2.c (github.com/karpathy/llama2.c), version 0: seven little-endian int32 (D, hidden width, L, H, Hkv, V, context; a
/// negative V means that the head is not tied), then fp32 weights: each kind of tensor for all layers together, and two tables of rotary
/// angles, which are skipped, because this project computes them.
/// </summary>
public static class Llama2cFile
{
    private const int HeaderInts = 7;
    private const int HeaderBytes = HeaderInts * sizeof(int);

    /// <summary>The kinds of tensors in the order of the file, each for all layers together; a tied head is absent.</summary>
    private static readonly TensorRole[] Order =
    [
        TensorRole.Embedding,
        TensorRole.AttentionNorm, TensorRole.Query, TensorRole.Key, TensorRole.Value, TensorRole.Output,
        TensorRole.MlpNorm, TensorRole.Gate, TensorRole.Down, TensorRole.Up,
        TensorRole.FinalNorm, TensorRole.Head,
    ];

    /// <summary>Reads the configuration from the header and checks it against the file's length.</summary>
    /// <exception cref="FileException">The file is missing, is not a llama2.c model, or was cut short.</exception>
    public static LlamaConfiguration ReadConfiguration(string path)
    {
        using var stream = CheckpointFile.Open(path);
        return Configuration(path, stream);
    }

    /// <summary>All tensors by their Hugging Face names, Float32, in host memory and in the caller's dispose scope.</summary>
    internal static Dictionary<string, Tensor> ReadTensors(string path, LlamaConfiguration configuration)
    {
        using var stream = CheckpointFile.Open(path);
        var slots = LlamaLayout.Of(configuration).ToLookup(slot => slot.Role);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        long offset = HeaderBytes;
        foreach (var slot in Order.SelectMany(role => slots[role]))
        {
            var tensor = ReadTensor(path, stream.SafeFileHandle, offset, slot.Shape);
            offset += tensor.numel() * sizeof(float);
            tensors.Add(slot.Name, ModelOrder(slot.Role, tensor, configuration));
            if (slot.Role == TensorRole.FinalNorm)
                offset += RotaryTableBytes(configuration);
        }

        return tensors;
    }

    private static LlamaConfiguration Configuration(string path, FileStream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            throw NotLlama2c(path, $"it has {stream.Length} bytes, but the header alone takes {HeaderBytes}");
        Span<int> sizes = stackalloc int[HeaderInts];
        for (var i = 0; i < HeaderInts; i++)
            sizes[i] = BinaryPrimitives.ReadInt32LittleEndian(header[(i * sizeof(int))..]);
        var configuration = Configuration(path, sizes);
        var expected = HeaderBytes + sizeof(float) * LlamaLayout.ParameterCount(configuration) + RotaryTableBytes(configuration);
        if (expected != stream.Length)
            throw NotLlama2c(path,
                $"its header [{string.Join(", ", sizes.ToArray())}] describes {expected} bytes, but it has {stream.Length}");
        return configuration;
    }

    private static LlamaConfiguration Configuration(string path, ReadOnlySpan<int> sizes)
    {
        var (width, hidden, layers, heads, keyValueHeads, signedVocabulary, context) = (
            sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6]);
        if (heads < 1 || width % heads != 0)
            throw NotLlama2c(path, $"its header divides a width of {width} among {heads} heads");
        try
        {
            return new LlamaConfiguration
            {
                Width = width,
                HiddenWidth = hidden,
                Layers = layers,
                QueryHeads = heads,
                KeyValueHeads = keyValueHeads,
                VocabularySize = signedVocabulary > 0 ? signedVocabulary : -signedVocabulary,
                ContextLength = context,
                HeadWidth = width / heads,
                TiedEmbeddings = signedVocabulary > 0,
                // llama2.c's tokenizers have BOS at 1 and EOS at 2, and its training texts are separated by BOS alone.
                BeginToken = 1,
                EndTokens = [1, 2],
            }.Validated();
        }
        catch (CourseException e)
        {
            throw NotLlama2c(path, e.Message.TrimEnd('.'));
        }
    }

    private static long RotaryTableBytes(LlamaConfiguration c) => 2L * c.ContextLength * (c.HeadWidth / 2) * sizeof(float);

    private static Tensor ReadTensor(string path, SafeFileHandle file, long offset, IReadOnlyList<long> shape)
    {
        try
        {
            return TensorBytes.Read(file, offset, shape, ScalarType.Float32);
        }
        catch (IOException e)
        {
            throw new FileException(path, $"it cannot be read at byte {offset} ({e.Message.TrimEnd('.')}).", Damaged, e);
        }
    }

    /// <summary>
    /// Reorders the rows of each head of q and k: even rows first, then odd ones. llama2.c rotates pairs of neighbours (2i, 2i + 1), this
    /// project (i, i + d/2). Scores are sums over a head's rows, so permuting q and k alike does not change them.
    /// </summary>
    private static Tensor ModelOrder(TensorRole role, Tensor tensor, LlamaConfiguration c)
    {
        var heads = LlamaLayout.LayerTensors.FirstOrDefault(part => part.Role == role)?.RotatedHeads(c) ?? 0;
        return heads == 0
            ? tensor
            : tensor.view(heads, c.HeadWidth / 2, 2, c.Width).transpose(1, 2).reshape(tensor.shape); // [heads · d, D]
    }

    private static FileException NotLlama2c(string path, string problem) => new(
        path, $"this is not a complete llama2.c model (version 0): {problem}.",
        "Download it again, or name a checkpoint folder with a config.json.");
}
