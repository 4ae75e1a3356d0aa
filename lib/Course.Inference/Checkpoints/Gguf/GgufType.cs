using Course.Inference.Files;

namespace Course.Inference.Checkpoints.Gguf;

/// <summary>The storage type of a tensor's elements in a GGUF file. Elements are stored in blocks along the fastest dimension.</summary>
/// <param name="Name">The name in the format's description.</param>
/// <param name="Id">The number in the file.</param>
/// <param name="BlockSize">Elements in a block.</param>
/// <param name="BlockBytes">Bytes in a block.</param>
/// <param name="FileType">The number by which a file declares that most of its tensors have this type.</param>
public sealed record GgufType(string Name, uint Id, int BlockSize, int BlockBytes, uint FileType)
{
    public static GgufType F32 { get; } = new("F32", 0, 1, 4, 0);

    public static GgufType F16 { get; } = new("F16", 1, 1, 2, 1);

    /// <summary>A Float16 scale, then 32 nibbles: see <see cref="Quantization.Int4Matrix"/> for their order.</summary>
    public static GgufType Q4_0 { get; } = new("Q4_0", 2, 32, 18, 2);

    /// <summary>A Float16 scale, then 32 signed bytes.</summary>
    public static GgufType Q8_0 { get; } = new("Q8_0", 8, 32, 34, 7);

    public static IReadOnlyList<GgufType> All { get; } = [F32, F16, Q8_0, Q4_0];

    /// <summary>The type of this name, in any case.</summary>
    /// <exception cref="CourseException">There is no such type, or this project does not support it.</exception>
    public static GgufType Named(string name) =>
        All.FirstOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CourseException(
            $"GGUF type {CheckpointFile.Quote(name)}: expected one of {string.Join(", ", All.Select(type => type.Name))}.");

    /// <summary>Bytes of a tensor of this type.</summary>
    /// <param name="shape">The sizes, slowest dimension first; the last is a multiple of <see cref="BlockSize"/>.</param>
    /// <exception cref="OverflowException">The number does not fit a long.</exception>
    public long Bytes(IReadOnlyList<long> shape) =>
        checked(shape.Aggregate(1L, (product, size) => product * size) / BlockSize * BlockBytes);
}
