namespace Course.Inference.Tokenization;

/// <summary>Text to token ids and back, with the ids that begin and end a text.</summary>
public interface ITokenizer
{
    /// <summary>The file it was read from: what error messages name.</summary>
    string Source { get; }

    /// <summary>One more than the largest id. A model may have a few spare rows more, never fewer.</summary>
    int VocabularySize { get; }

    /// <summary>The token that begins a text, if the model knows one: an empty prompt is this token alone.</summary>
    int? BeginToken { get; }

    /// <summary>The tokens after which there is nothing more to say.</summary>
    IReadOnlyList<int> EndTokens { get; }

    /// <summary>
    /// Whether the first space of a text is the tokenizer's and not the writer's: SentencePiece puts one in front before it
    /// encodes, so decoding takes it away again.
    /// </summary>
    bool AddsLeadingSpace { get; }

    /// <summary>
    /// The ids of the text alone: nothing is put before it or after it. Text that spells a control or user-defined token is that token, in
    /// every format: take such spellings out of a stranger's text first.
    /// </summary>
    /// <exception cref="CourseException">The text has half a surrogate pair, so it is no Unicode text.</exception>
    IReadOnlyList<int> Encode(string text);

    /// <summary>
    /// The ids that a model expects to see for a prompt: those of the text, after the begin token where the model was trained with one.
    /// </summary>
    /// <exception cref="CourseException">The prompt is empty and there is no begin token, or it is no Unicode text.</exception>
    IReadOnlyList<int> EncodePrompt(string text);

    /// <summary>
    /// The UTF-8 bytes that a token stands for: perhaps only a part of a character. Begin, end and other control tokens stand for none.
    /// An id that no token has (a model's spare row) stands for U+FFFD.
    /// </summary>
    ReadOnlySpan<byte> Bytes(int token);

    /// <summary>
    /// The text of the tokens; bytes that are not UTF-8 become U+FFFD. To decode while tokens still come, use <see cref="TextStream"/>.
    /// </summary>
    string Decode(IEnumerable<int> tokens);

    /// <summary>The token as a person may see it: its text, or the name of a control token.</summary>
    string Name(int token);
}
