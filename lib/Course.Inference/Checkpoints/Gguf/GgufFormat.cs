namespace Course.Inference.Checkpoints.Gguf;

/// <summary>Constants of the GGUF format, version 3 (github.com/ggml-org/ggml, docs/gguf.md). The whole file is little-endian.</summary>
internal static class GgufFormat
{
    /// <summary>The bytes "GGUF", read as a number.</summary>
    public const uint Magic = 0x46554747;
    public const uint Version = 3;

    /// <summary>The default alignment of tensors in bytes, counted from the end of the header.</summary>
    public const int Alignment = 32;
    public const string AlignmentKey = "general.alignment";
    public const int MostDimensions = 4;
}

/// <summary>The types of metadata values, with their numbers in the file.</summary>
internal enum GgufValueType : uint
{
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    Float32,
    Bool,
    String,
    Array,
    UInt64,
    Int64,
    Float64,
}
