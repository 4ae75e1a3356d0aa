using Course.Inference.Files;

namespace Course.Inference.Tokenization;

/// <summary>Reads from the <c>post_processor</c> of a Hugging Face file which tokens come before a prompt.</summary>
internal static class PromptTemplate
{
    private const string Supported =
        "ByteLevel and a TemplateProcessing whose 'single' is special tokens and then the sequence, alone or in a Sequence";

    public static IReadOnlyList<int> Prefix(JsonValue processor, IReadOnlyList<AddedToken> added) => processor["type"].AsString() switch
    {
        "ByteLevel" => [], // it only trims offsets, which are not used here
        "TemplateProcessing" => Before(processor["single"], added),
        "Sequence" => [.. processor["processors"].Items().SelectMany(part => Prefix(part, added))],
        _ => throw processor.Unsupported(Supported),
    };

    private static int[] Before(JsonValue single, IReadOnlyList<AddedToken> added)
    {
        var parts = single.Items().ToArray();
        if (parts.Length == 0 || parts[^1].Optional("Sequence") is null)
            throw single.Unsupported(Supported);
        return [.. parts[..^1].Select(part => Id(part, added))];
    }

    private static int Id(JsonValue part, IReadOnlyList<AddedToken> added)
    {
        var name = part.Optional("SpecialToken")?["id"] ?? throw part.Unsupported(Supported);
        foreach (var token in added)
            if (token.Content == name.AsString())
                return token.Id;
        throw name.Unsupported("the name of an added token");
    }
}
