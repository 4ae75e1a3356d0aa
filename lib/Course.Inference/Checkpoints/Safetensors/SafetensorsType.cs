using static TorchSharp.torch;

namespace Course.Inference.Checkpoints.Safetensors;

/// <summary>The element types of the safetensors format, by their names in the format.</summary>
internal static class SafetensorsType
{
    /// <summary>Bits per element, not bytes: a few types pack several elements into one byte.</summary>
    private static readonly Dictionary<string, int> Bits = new(StringComparer.Ordinal)
    {
        ["BOOL"] = 8,
        ["U8"] = 8,
        ["I8"] = 8,
        ["F8_E4M3"] = 8,
        ["F8_E5M2"] = 8,
        ["F8_E8M0"] = 8,
        ["U16"] = 16,
        ["I16"] = 16,
        ["F16"] = 16,
        ["BF16"] = 16,
        ["U32"] = 32,
        ["I32"] = 32,
        ["F32"] = 32,
        ["U64"] = 64,
        ["I64"] = 64,
        ["F64"] = 64,
        ["C64"] = 64,
    };

    public static bool TryGetBits(string name, out int bits) => Bits.TryGetValue(name, out bits);

    /// <summary>Gets the tensor type of one of the types that weights may have.</summary>
    public static bool TryGetWeightType(string name, out ScalarType type)
    {
        type = name switch { "F16" => ScalarType.Float16, "BF16" => ScalarType.BFloat16, _ => ScalarType.Float32 };
        return name is "F32" or "F16" or "BF16";
    }

    /// <summary>The name of a weight type in the format.</summary>
    /// <exception cref="CourseException">Weights are not stored in this type.</exception>
    public static string NameOf(ScalarType type) => type switch
    {
        ScalarType.Float32 => "F32",
        ScalarType.Float16 => "F16",
        ScalarType.BFloat16 => "BF16",
        _ => throw new CourseException($"Weights are stored as Float32, Float16 or BFloat16, not as {type}. Choose one of these."),
    };
}
