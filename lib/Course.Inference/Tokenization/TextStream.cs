using System.Text;

namespace Course.Inference.Tokenization;

/// <summary>
/// Converts tokens to text one by one. A character whose bytes are spread over several tokens is held back until it is complete, so text
/// that was returned never changes. All of it together equals <see cref="ITokenizer.Decode"/> of the tokens.
/// </summary>
/// <param name="tokenizer">The tokens' tokenizer.</param>
/// <param name="continues">Whether the tokens continue a text, so that a leading space belongs to the text.</param>
public sealed class TextStream(ITokenizer tokenizer, bool continues = false)
{
    private readonly Decoder utf8 = Encoding.UTF8.GetDecoder();
    private bool atStart = tokenizer.AddsLeadingSpace && !continues;

    /// <summary>The text that this token completes: usually the token's own, empty while a character is incomplete.</summary>
    public string Append(int token)
    {
        var bytes = tokenizer.Bytes(token);
        if (bytes.IsEmpty)
            return "";
        if (atStart && bytes[0] == ' ')
            bytes = bytes[1..];
        atStart = false;
        return Decode(bytes, flush: false);
    }

    /// <summary>Ends the text: U+FFFD for a character that was never completed, otherwise empty.</summary>
    public string Complete() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var characters = new char[utf8.GetCharCount(bytes, flush)];
        utf8.GetChars(bytes, characters, flush);
        return new(characters);
    }
}
