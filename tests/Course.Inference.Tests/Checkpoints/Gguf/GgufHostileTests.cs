using System.Buffers.Binary;
using System.Text;
using Course.Inference.Checkpoints;
using Course.Inference.Checkpoints.Gguf;
using Course.Inference.Tests.Families.Llama;
using static TorchSharp.torch;

namespace Course.Inference.Tests.Checkpoints.Gguf;

/// <summary>Files with false claims: each must yield one readable error, before much memory is allocated.</summary>
public sealed class GgufHostileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("x.gguf");

    public void Dispose() => folder.Dispose();

    /// <summary>The shortest valid file: one key and one tensor of 32 bytes.</summary>
    private static byte[] Header(
        uint magic = 0x46554747, uint version = 3, ulong tensors = 1, ulong keys = 1, ulong keyLength = 20, uint valueType = 8,
        ulong textLength = 5,
        uint dimensions = 1, ulong size = 8, uint type = 0, ulong offset = 0)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(magic);
        writer.Write(version);
        writer.Write(tensors);
        writer.Write(keys);
        writer.Write(keyLength);
        writer.Write(Encoding.UTF8.GetBytes("general.architecture"));
        writer.Write(valueType);
        writer.Write(textLength);
        writer.Write(Encoding.UTF8.GetBytes("llama"));
        writer.Write(4UL);
        writer.Write(Encoding.UTF8.GetBytes("name"));
        writer.Write(dimensions);
        writer.Write(size);
        writer.Write(type);
        writer.Write(offset);
        while (stream.Length % 32 != 0)
            writer.Write((byte)0);
        writer.Write(new byte[32]);
        return stream.ToArray();
    }

    public static TheoryData<string, byte[]> Lies => new()
    {
        { "the letters GGUF", Header(magic: 0x12345678) },
        { "version 1", Header(version: 1) },
        { "version 4", Header(version: 4) },
        { "big-endian", Header(version: 0x03000000) },
        { "tensors and", Header(tensors: ulong.MaxValue) },
        { "tensors and", Header(keys: 1UL << 60) },
        { "claims 1152921504606846976 bytes", Header(keyLength: 1UL << 60) },
        { "claims 18446744073709551615 bytes", Header(textLength: ulong.MaxValue) },
        { "unknown type 13", Header(valueType: 13) },
        { "0 dimensions", Header(dimensions: 0) },
        { "5 dimensions", Header(dimensions: 5) },
        { "has the size 0", Header(size: 0) },
        { "reaches beyond the file", Header(size: 1UL << 62) },
        { "reaches beyond the file", Header(size: 1 << 20) },
        { "has the size 18446744073709551615", Header(size: ulong.MaxValue) },
        { "Q6_K (14)", Header(type: 14) },
        { "number (99)", Header(type: 99) },
        { "not a multiple of the 32", Header(type: 2) },
        { "reaches beyond the file", Header(offset: 1UL << 63) },
        { "begins 8 bytes after the header, where 0", Header(offset: 8) },
        { "describes", [.. Header(), .. new byte[64]] },
        { "describes", Header()[..^1] },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_false_claim_in_the_header_is_an_error_in_words(string expected, byte[] file)
    {
        File.WriteAllBytes(Path, file);
        var error = Assert.Throws<FileException>(() => GgufFile.Open(Path).Dispose());
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_valid_file_among_them_opens()
    {
        File.WriteAllBytes(Path, Header());
        using var file = GgufFile.Open(Path);
        Assert.Equal([8], file.Header.Entries["name"].Shape);
    }

    [Fact]
    public void Arrays_of_arrays_wild_counts_and_repeated_keys_are_refused()
    {
        byte[] Pair(uint element, ulong count, int times) =>
        [
            .. "GGUF"u8, .. BitConverter.GetBytes(3u), .. BitConverter.GetBytes(0UL), .. BitConverter.GetBytes((ulong)times),
            .. Enumerable.Repeat<byte[]>(
                [
                    .. BitConverter.GetBytes(1UL), (byte)'k', .. BitConverter.GetBytes(9u), .. BitConverter.GetBytes(element),
                    .. BitConverter.GetBytes(count),
                ], times).SelectMany(bytes => bytes),
            .. new byte[32],
        ];
        void Refused(string expected, byte[] file)
        {
            File.WriteAllBytes(Path, file);
            Assert.Contains(expected, Assert.Throws<FileException>(() => GgufFile.Open(Path)).Message, StringComparison.Ordinal);
        }

        Refused("array of arrays", Pair(9, 1, 1));
        Refused("claims 1152921504606846976 elements", Pair(0, 1UL << 60, 1));
        Refused("unknown type 77", Pair(77, 1, 1));
        Refused("occurs twice", Pair(0, 0, 2));
    }

    [Fact]
    public void A_model_cut_short_at_any_byte_is_refused()
    {
        var c = SmallModel.Shape(vocabulary: 3, width: 2, hidden: 3, layers: 1, heads: 1, keyValueHeads: 1, headWidth: 2, tied: true);
        using (NewDisposeScope())
            GgufExport.Write(Path, c, SmallModel.Tensors(c, SmallModel.Weights(c, 3)), GgufType.F32);
        var good = File.ReadAllBytes(Path);
        const int paddingAtTheEnd = 24; // after the last gains, 8 bytes: there is nothing in it to miss
        for (var length = 0; length < good.Length - paddingAtTheEnd; length++)
        {
            File.WriteAllBytes(Path, good[..length]);
            Assert.Throws<FileException>(() => Checkpoint.Read(Path));
        }
    }

    [Fact]
    public void Damaged_models_and_tokenizers_give_a_result_or_an_error_in_words_and_leak_nothing()
    {
        var good = Model();
        var random = new Random(10);
        var before = LiveTensors.OfThisThread;
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            File.WriteAllBytes(Path, Damage(good, random));
            try
            {
                Models.LoadReadable(Path).Dispose();
                TokenizerFile.Load(Path);
            }
            catch (CourseException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 1999);
        Assert.Equal(before, LiveTensors.OfThisThread);
    }

    /// <summary>Damage by flipped bits, other bytes, and numbers that break computations.</summary>
    private static byte[] Damage(byte[] good, Random random)
    {
        var bytes = good.ToArray();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length - 8);
            switch (random.Next(4))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), Wild[random.Next(Wild.Length)]); break;
                default: BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)Wild[random.Next(Wild.Length)]); break;
            }
        }

        return bytes;
    }

    private static readonly ulong[] Wild = [
        0, 1, 31, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1UL << 40, 1UL << 60, long.MaxValue, ulong.MaxValue
    ];

    /// <summary>A model whose file is mostly header, with a vocabulary of SentencePiece pieces.</summary>
    private byte[] Model()
    {
        var c = SmallModel.Shape(
            vocabulary: 260, width: 2, hidden: 3, layers: 1, heads: 1, keyValueHeads: 1, headWidth: 2,
            tied: true) with
        { BeginToken = 1, EndTokens = [2] };
        using var scope = NewDisposeScope();
        using (var writer = new BinaryWriter(File.Create(folder.File("tok.bin"))))
        {
            writer.Write(8);
            string[] pieces = ["<unk>", "<s>", "</s>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), " a"];
            foreach (var piece in pieces)
            {
                writer.Write(0f);
                writer.Write(Encoding.UTF8.GetByteCount(piece));
                writer.Write(Encoding.UTF8.GetBytes(piece));
            }
        }

        GgufExport.Write(
            Path, c, SmallModel.Tensors(c, SmallModel.Weights(c, 3)), GgufType.F16, TokenizerFile.Load(folder.File("tok.bin")));
        return File.ReadAllBytes(Path);
    }
}
