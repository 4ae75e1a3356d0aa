namespace Course.Inference.Tokenization;

/// <summary>Converts text to token ids and back, and knows the ids that begin and end a text.</summary>
public interface ITokenizer
{
    /// <summary>The file that the tokenizer was read from, for error messages.</summary>
    string Source { get; }

    /// <summary>One more than the largest id. A model's vocabulary may be padded to slightly more, but never be smaller.</summary>
    int VocabularySize { get; }

    /// <summary>The token that begins a text; null if the model has none. An empty prompt is this token alone.</summary>
    int? BeginToken { get; }

    /// <summary>The tokens that end a text.</summary>
    IReadOnlyList<int> EndTokens { get; }

    /// <summary>
    /// Whether the tokenizer puts a space before a text when it encodes, as SentencePiece does; decoding then removes it again.
    /// </summary>
    bool AddsLeadingSpace { get; }

    /// <summary>
    /// The ids of the text alone, without a begin or end token. Text that spells a control or user-defined token becomes that token, in
    /// every format: remove such spellings from untrusted text first.
    /// </summary>
    /// <exception cref="CourseException">The text contains half of a surrogate pair, so it is not Unicode text.</exception>
    IReadOnlyList<int> Encode(string text);

    /// <summary>
    /// The ids that a model expects for a prompt: those of the text, after the begin token if the model was trained with one.
    /// </summary>
    /// <exception cref="CourseException">The prompt is empty and there is no begin token, or it is not Unicode text.</exception>
    IReadOnlyList<int> EncodePrompt(string text);

    /// <summary>
    /// The UTF-8 bytes that a token represents, which may be only a part of a character. Begin, end and other control tokens have none.
    /// An id without a token (the padding of a model's vocabulary) yields U+FFFD.
    /// </summary>
    ReadOnlySpan<byte> Bytes(int token);

    /// <summary>
    /// The text of the tokens; bytes that are not UTF-8 become U+FFFD. To decode a text while it is generated, use
    /// <see cref="TextStream"/>.
    /// </summary>
    string Decode(IEnumerable<int> tokens);

    /// <summary>A readable form of the token: its text, or the name of a control token.</summary>
    string Name(int token);
}
