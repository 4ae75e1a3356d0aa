using System.Text;

namespace Course.Inference.Tokenization;

/// <summary>
/// Turns tokens into text as they come. A character whose bytes are spread over several tokens is held back until it is
/// whole, so what has been handed out never has to be taken back; joined together it is <see cref="ITokenizer.Decode"/> of all the tokens.
/// </summary>
/// <param name="tokenizer">Knows the tokens' bytes.</param>
/// <param name="continues">Whether there is text before the first token, so that a leading space is the writer's.</param>
public sealed class TextStream(ITokenizer tokenizer, bool continues = false)
{
    private readonly Decoder utf8 = Encoding.UTF8.GetDecoder();
    private bool atStart = tokenizer.AddsLeadingSpace && !continues;

    /// <summary>The text that this token completes: often its own, sometimes none yet.</summary>
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

    /// <summary>What is left when no more tokens come: U+FFFD for a character that was never completed, otherwise nothing.</summary>
    public string Complete() => Decode([], flush: true);

    private string Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        var characters = new char[utf8.GetCharCount(bytes, flush)];
        utf8.GetChars(bytes, characters, flush);
        return new(characters);
    }
}
