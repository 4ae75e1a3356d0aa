using System.Text.RegularExpressions;
using Course.Inference.Files;

namespace Course.Inference.Tokenization;

/// <summary>Converts the <c>pre_tokenizer</c> of a Hugging Face file to the patterns that cut the text, in order.</summary>
internal static class PreTokenizerPatterns
{
    private const string Supported = "ByteLevel, Split and Digits, alone or in a Sequence that ends with ByteLevel";

    public static IReadOnlyList<string> Of(JsonValue preTokenizer)
    {
        var parts = preTokenizer["type"].AsString() == "Sequence" ? [.. preTokenizer["pretokenizers"].Items()] : new[] { preTokenizer };
        if (parts.Length == 0 || parts[^1]["type"].AsString() != "ByteLevel")
            throw preTokenizer.Unsupported(Supported);
        return [.. parts.SelectMany(Pattern)];
    }

    private static IEnumerable<string> Pattern(JsonValue part) => part["type"].AsString() switch
    {
        "ByteLevel" => ByteLevel(part),
        "Split" => [Split(part)],
        "Digits" => [part["individual_digits"].AsBoolean() ? @"\p{N}" : @"\p{N}+"],
        _ => throw part.Unsupported(Supported),
    };

    private static IEnumerable<string> ByteLevel(JsonValue part)
    {
        if (part.Optional("add_prefix_space") is { } prefix && prefix.AsBoolean())
            throw prefix.Unsupported("false");
        return part.Optional("use_regex") is { } useRegex && !useRegex.AsBoolean() ? [] : [ByteLevelBpeFiles.Gpt2Pattern];
    }

    private static string Split(JsonValue part)
    {
        if (part["behavior"] is var behavior && behavior.AsString() != "Isolated")
            throw behavior.Unsupported("Isolated");
        if (part.Optional("invert") is { } invert && invert.AsBoolean())
            throw invert.Unsupported("false");
        return part["pattern"].Optional("Regex")?.AsString() ?? Regex.Escape(part["pattern"]["String"].AsString());
    }
}
