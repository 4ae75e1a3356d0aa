using Course.Inference.Files;

namespace Course.Inference.Tokenization;

/// <summary>An entry of <c>added_tokens</c> in a Hugging Face tokenizer file.</summary>
/// <param name="Content">The token's spelling in text.</param>
/// <param name="Id">The token's id.</param>
/// <param name="IsControl">Whether the token represents no text (<c>special</c>).</param>
internal readonly record struct AddedToken(string Content, int Id, bool IsControl)
{
    public static AddedToken Read(JsonValue token)
    {
        foreach (var key in new[] { "single_word", "lstrip", "rstrip" })
            if (token.Optional(key) is { } flag && flag.AsBoolean())
                throw flag.Unsupported("false");
        var content = token["content"];
        if (content.AsString().Length == 0)
            throw content.Unsupported("a token with a spelling");
        return new(content.AsString(), token["id"].AsInt32(), token.Optional("special")?.AsBoolean() ?? false);
    }
}
