using System.Text;
using System.Text.RegularExpressions;

namespace Course.Inference.Tokenization;

/// <summary>A tokenizer as its files describe it, independent of their format.</summary>
internal sealed record TokenizerDescription
{
    public required string Source { get; init; }

    /// <summary>The token of each id, [V]; null where no token has the id.</summary>
    public required IReadOnlyList<TokenEntry?> Entries { get; init; }

    /// <summary>Encodes well-formed text; never called with an empty one.</summary>
    public required Func<string, IReadOnlyList<int>> Encode { get; init; }

    public int? BeginToken { get; init; }

    public IReadOnlyList<int> EndTokens { get; init; } = [];

    /// <summary>The tokens that come before every prompt.</summary>
    public IReadOnlyList<int> Prefix { get; init; } = [];

    public bool AddsLeadingSpace { get; init; }

    /// <summary>The parts of a byte-level BPE tokenizer, to write it in another format; null for other kinds.</summary>
    public ByteLevelBpeFiles? Bpe { get; init; }

    /// <summary>The pieces of a SentencePiece tokenizer, by id, to write it in another format; null for other kinds.</summary>
    public IReadOnlyList<SentencePiece>? Pieces { get; init; }
}

/// <summary>A token of the vocabulary.</summary>
/// <param name="Bytes">The UTF-8 bytes that the token represents; none for a control token.</param>
/// <param name="Name">A control token's name; null for tokens whose bytes are the name.</param>
internal sealed record TokenEntry(byte[] Bytes, string? Name = null)
{
    public static TokenEntry Control(string name) => new([], name);
}

/// <summary>A tokenizer of any file format: the description encodes, and decoding looks up the bytes of each token.</summary>
internal sealed class Tokenizer(TokenizerDescription description) : ITokenizer
{
    private static readonly byte[] Unknown = Encoding.UTF8.GetBytes("\uFFFD");

    public TokenizerDescription Description => description;

    public string Source => description.Source;

    public int VocabularySize => description.Entries.Count;

    public int? BeginToken => description.BeginToken;

    public IReadOnlyList<int> EndTokens => description.EndTokens;

    public bool AddsLeadingSpace => description.AddsLeadingSpace;

    public IReadOnlyList<int> Encode(string text)
    {
        RequireUnicode(text);
        try
        {
            return text.Length == 0 ? [] : description.Encode(text);
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new CourseException(
                $"A pattern of {Source} takes too long on this text ({SafeText.Line(e.Pattern, SafeText.NameLength)}). " +
                "Is the file from a source that you trust?", e);
        }
    }

    public IReadOnlyList<int> EncodePrompt(string text)
    {
        int[] tokens = [.. description.Prefix, .. Encode(text)];
        if (tokens.Length > 0)
            return tokens;
        return BeginToken is { } begin
            ? [begin]
            : throw new CourseException(
                $"The prompt is empty, and {Source} names no begin token to start from. Give the prompt some text.");
    }

    public ReadOnlySpan<byte> Bytes(int token) => Entry(token)?.Bytes ?? Unknown;

    public string Decode(IEnumerable<int> tokens)
    {
        var stream = new TextStream(this);
        return string.Concat(tokens.Select(stream.Append)) + stream.Complete();
    }

    public string Name(int token) => Entry(token) is { } entry ? entry.Name ?? Encoding.UTF8.GetString(entry.Bytes) : $"<{token}>";

    private TokenEntry? Entry(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        return token < description.Entries.Count ? description.Entries[token] : null;
    }

    private static void RequireUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i))
                throw new CourseException(
                    $"The text is not Unicode: character {i} (U+{(int)text[i]:X4}) is half of a surrogate pair. Was it cut in the middle " +
                    "of a character, or read in the wrong encoding?");
            i++;
        }
    }
}
